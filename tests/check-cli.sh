#!/bin/sh
# The program as its users run it: what it prints where, and how it ends.
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 99
articles=$top_srcdir/data/articles
program=$top_builddir/battlegraph
# shellcheck source=tests/tap.sh
. "$top_srcdir/tests/tap.sh"

aksu="$articles/Battle_of_Aksu_(717)"
run extract "$aksu.txt";                check 0 'extracts a plain rendering'
says out 'bg:victor'                    'says who won'
cp out once
run extract "$aksu.txt";                same out once 'the same input gives the same bytes'
run extract "$aksu.txt" "$aksu.wiki";   check 0 'takes several files'
"$program" extract - < "$aksu.txt" > out 2> err; status=$?
                                        check 0 'reads standard input'
same out once                           'standard input gives the same'
"$program" extract --title 'Battle of X' - < "$aksu.wiki" > out 2> err; status=$?
says out 'en:Battle_of_X'               'takes a title'
"$program" extract - < "$aksu.wiki" > out 2> err; status=$?
                                        check 2 'wikitext on standard input needs a title'
run extract;                            check 2 'extract wants an input'
run extract --format nonsense x;        check 2 'an unknown format is wrong use'
run nonsense;                           check 2 'an unknown command is wrong use'
run exract x;                           says err extract 'names the nearest command'
run extract no-such-file "$aksu.txt";   check 3 'a missing file is the world failing'
says out 'bg:victor'                    'what can be read is read'
says err no-such-file                   'names the missing file'
for command in extract load query show why export parse; do
  run "$command" --help;                check 0 "$command --help"
  says out "$command"                   "$command --help has an example"
done
run extract --report report "$aksu.wiki"; check 0 'writes a report'

for format in turtle ntriples nquads rdfxml dot; do
  run extract --evidence --format "$format" "$articles/Battle_of_Lepanto.wiki"
  check 0 "writes $format"
  cp out "lepanto.$format"
done
if command -v rapper > /dev/null; then
  for format in turtle ntriples nquads rdfxml; do
    rapper -q -i "$format" -o ntriples "lepanto.$format" 2> err |
      LC_ALL=C sort > "read.$format"
    same "read.$format" read.turtle "another program reads the same from $format"
  done
else
  skip_one 'another program reads it' 'no rapper'
fi
if [ -c /dev/full ]; then
  "$program" extract "$aksu.txt" > /dev/full 2> err; status=$?
  check 3 'a full disk is noticed'
  says err 'No space' 'a full disk is named'
fi

run extract --store store "$articles"/*.wiki; check 0 'fills a store'
run query store 'SELECT ?p { ?s bg:index 1 ; bg:belligerent ?p . ?b bg:side ?s ; rdfs:label "Battle of Cannae"@en }'
check 0 'answers a query'
says out 'en:Ancient_Carthage'          'the answer is right'
for results in table json xml csv tsv; do
  run query store --results "$results" 'SELECT ?v { ?b bg:victor ?v }'
  check 0 "answers as $results"
  says out side1 "the answer is in $results"
done
run query store 'ASK { ?b bg:outcome bg:Victory }'; says out true 'answers yes'
run query store 'CONSTRUCT { ?a bg:beat ?b } { ?a bg:foughtAgainst ?b }'
says out bg:beat                        'answers with a graph'
run query store 'SELECT ?x { ?x ';      check 1 'a syntax error is refused'
says err 'line 1'                       'and its line is named'
run query store 'SELECT * { SERVICE <http://localhost/> { ?a ?b ?c } }'
check 1 'a query cannot call out'
run query store 'SELECT ("service" AS ?x) { }'; check 0 'a word in a string is none'
run query store 'SELECT * { ?a bg:x ?b MINUS { ?a bg:x ?b } }'
                                        check 0 'takes away what is there'
run query --engine rasqal store 'SELECT * { ?a bg:x ?b MINUS { ?a bg:x ?b } }'
                                        check 1 'what Rasqal cannot do is said'
run query --engine rasqal store 'ASK { ?b bg:outcome bg:Victory }'
says out true                           'asks Rasqal'
run query --engine other store 'ASK {}'; check 2 'an engine that there is not'
says err rasqal                         'and those that there are'
run query --explain store 'ASK { ?b bg:outcome bg:Victory }'
says out triple                         'shows how a query is run'
run query --timeout 0.05 store 'SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }'
                                        check 1 'gives up in time'
says err longer                         'and says why'
run query --memory 1 store 'SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f }'
                                        check 1 'gives up before memory is short'
says err memory                         'and says that too'
printf '<http://a.org/a> <http://a.org/p> 1, 2 .\n' > some.ttl
printf '<http://a.org/a> <http://a.org/p> 3 .\n' > more.ttl
run query --data some.ttl --named http://a.org/g=more.ttl \
  'SELECT (SUM(?n) AS ?sum) { { ?s ?p ?n } UNION { GRAPH ?g { ?s ?p ?n } } }'
says out 6                              'asks files'
run query --parse-only 'SELECT ?x { ?x ';  check 1 'sees that a text is wrong'
says err 'line 1'                       'and where'
run query --parse-only 'ASK {}';        check 0 'sees that a text is right'
run update store4 'INSERT DATA { <a:b> <a:c> "d" . GRAPH <a:g> { <a:b> <a:c> "e" } }'
                                        check 0 'makes a store by an update'
run update store4 'DELETE { ?s ?p ?o } INSERT { ?s ?p "f" } WHERE { ?s ?p ?o FILTER(?o = "d") }'
                                        check 0 'changes it'
run update store4 'INSERT DATA { <a:x> <a:x> <a:x> } ; LOAD <http://localhost/x>'
                                        check 1 'an update cannot call out'
run export store4 --format nquads
printf '<a:b> <a:c> "e" <a:g> .\n<a:b> <a:c> "f" .\n' > expected.nq
sort out > sorted.out;                  same sorted.out expected.nq 'nothing of it is kept then'
: > empty
run update store4 --dump nquads 'CLEAR ALL'
same out empty                          'clears, and shows what is left'
run query store;                        check 2 'a query is needed'
run query --engine rasqal store 'ASK { ?b bg:outcome bg:Victory }'
says out true                           'an engine may be named'
run query --engine none no-store 'ASK { }'; check 2 'an engine that is not there'
says err rasqal                         'and those there are'
run query no-store 'ASK { }';           check 3 'a store that is not there'
run query "$articles" 'ASK { }';        check 1 'another folder is no store'
run query --named-query winners store;  check 0 'runs a named query'
run query --named-query no-such store;  check 2 'a named query that is not there'
says err list                           'and where those that are there stand'

run export store --format nquads -o all.nq; check 0 'exports'
run load store2 all.nq;                 check 0 'loads'
sort all.nq > sorted.nq
run export store2 --format nquads
sort out > again.nq;                    same again.nq sorted.nq 'what is stored comes back'
run load store2 all.nq
run export store2 --format nquads
sort out > again.nq;                    same again.nq sorted.nq 'a quad counts once'
run extract --store store "$articles"/*.wiki
run export store --format nquads;       same out all.nq 'a page replaces what it said before'
printf '<a:b> <a:c> "d" .\n<a:b> <a:c \n' > bad.nt
run load store3 bad.nt;                 check 1 'a syntax error in a file is refused'
says err 'bad.nt:2'                     'and its line is named'
run export store3 --format ntriples;    says out '"d"' 'what stood before it is kept'
run load store3 no-such.nt;             check 3 'a file that is not there'
: > empty.ttl
run load store3 empty.ttl;              check 0 'an empty Turtle file holds nothing'
run load store3 --graph http://example.org/g all.nq; check 0 'loads into one graph'
run export store3 --graph http://example.org/g --format nquads
says out 'example.org/g'                'and finds it there'
mkdir other; : > other/file
run extract --store other "$aksu.txt";  check 1 'a folder of other things is no store'
run parse "$aksu.wiki";                 says out 'Infobox military conflict' 'lists templates'
echo "1..$n"
