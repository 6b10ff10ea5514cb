#!/bin/sh
# `show` and `why`: how things are found by name, what is said of each kind of
# thing, and where the evidence of a statement is.
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 99
articles=$top_srcdir/data/articles
program=$top_builddir/battlegraph
# shellcheck source=tests/tap.sh
. "$top_srcdir/tests/tap.sh"

"$program" extract --store store "$articles/Battle_of_Cannae.wiki" \
  "$articles/Fall_of_Constantinople.wiki" 2> err
run export store --format ntriples
grep -v '#evidence/' out > plain.nt
"$program" load without plain.nt 2> err

# ---- names -----------------------------------------------------------------

resource=https://w3id.org/battlegraph/resource
for name in "$resource/en/Battle_of_Cannae" "<$resource/en/Battle_of_Cannae>" \
  en:Battle_of_Cannae 'en:Battle of Cannae' Battle_of_Cannae \
  'battle of Cannae' 'BATTLE OF CANNAE' ' battle_of cannae '; do
  run show store "$name"
  [ "$status" -eq 0 ] && [ "$(head -n 1 out)" = 'Battle of Cannae' ]
  report "finds '$name'" $?
done
run show store cannae;                  says out '^class *place' 'a title comes before a part of one'
run show store 'of cann';               check 1 'what is no name'
says err '^  Battle of Cannae$'         'the nearest labels are named'
run show store 'Cannae, the battle';    says err '^  Cannae$' 'also those that have a word of it'
run show store '';                      check 1 'an empty name'
run show store;                         check 2 'show wants a name'
run show no-store x;                    check 3 'a store that is not there'
run show store --width none Cannae;     check 2 'a width is a number'
run show store --base http://example.org/ Battle_of_Cannae
check 0 'with another base the label is found'
run show store --language de Cannae;    check 0 'and in another language'

# ---- a conflict ------------------------------------------------------------

run show store 'Battle of Cannae'
says out '^date  *2 August 216 BC$'     'the date as a person says it'
says out '^place  *Cannae, Apulia, Italy$' 'places from the inside out'
says out '^Side 1, won  *Side 2, lost$' 'the sides are beside each other'
says out '^  Ancient Carthage  *Roman Republic$' 'and so are their parties'
says out 'Servilius Geminus, killed$'   'a commander with the fate'
says out ' 48,200 to 70,000 killed$'    'a range of numbers'
says out 'at least 6,000 cavalry$'      'a number with one bound'
lacks out ' $'                          'no line ends in a space'
[ "$(awk '{ if (length($0) > 80) n++ } END { print n + 0 }' out)" -eq 0 ]
report 'no line is longer than 80 bytes' $?
run show store --width 40 'Battle of Cannae'
lacks out 'Side 1.*Side 2'              'where there is no room, sides follow each other'
says out '^Side 2, lost$'               'none is lost'

cat > strange.ttl << 'END'
@prefix bg: <https://w3id.org/battlegraph/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix en: <https://w3id.org/battlegraph/resource/en/> .
@prefix a: <https://w3id.org/battlegraph/resource/en/Siege_of_A#> .
en:Siege_of_A a bg:Siege ; rdfs:label "Siege of A"@en ;
  bg:place en:Inner , en:Outer ; bg:partOf en:War_of_A ;
  bg:side a:side10 , a:side2 , a:side1 ; bg:jointCasualties a:joint ;
  bg:alliance a:alliance ; bg:event a:event1 , a:event2 , a:event3 .
en:War_of_A a bg:War ; rdfs:label "War of A"@en ; bg:partOf en:Siege_of_A .
en:Other_A a bg:Battle ; rdfs:label "Other A"@en ; bg:name "Same" ;
  bg:edtf "0717~" .
en:Third_A a bg:Battle ; rdfs:label "Third A"@en ; bg:name "same" .
en:Outer a bg:Place ; rdfs:label "Outer"@en ; bg:within en:Inner .
en:Inner a bg:Place ; rdfs:label "Inner"@en ; bg:within en:Outer , en:Inner .
a:side1 a bg:Side ; bg:index 1 ; rdfs:label "Allies"@en ; bg:outcome bg:Won ;
  bg:belligerent en:X , en:Y ; bg:supporter en:Z ; bg:commander en:P ;
  bg:strength a:strength1 , a:strength2 , a:strength3 .
a:side2 a bg:Side ; bg:index 2 ; bg:belligerent en:Q .
a:side10 a bg:Side ; bg:index 10 ; bg:belligerent en:R .
a:strength1 bg:measure bg:Armies ; bg:minimum 1 ; bg:maximum 1 .
a:strength2 bg:measure bg:Troops ; bg:maximum 1234567 ; bg:approximate true ;
  bg:accordingTo "B"@en ; bg:ofParty en:X ; bg:phase "at first"@en .
a:strength3 bg:measure bg:OtherStrength ; bg:minimum 13 ; bg:maximum 13 ;
  bg:stated "13 elephants"@en .
a:joint bg:measure bg:KilledCount ; bg:minimum 9 ; bg:maximum 12 .
a:alliance a bg:Alliance ; bg:member en:X , en:Q ; bg:edtf "0718/.." .
a:event1 a bg:Retreat ; bg:agent en:X ; bg:edtf "0719" ; bg:inConflict en:Siege_of_A .
a:event2 a bg:Attack ; bg:agent en:Q ; bg:patient en:X ; bg:place en:Inner ;
  bg:edtf "0717" ; bg:stated "they came at night"@en ; bg:inConflict en:Siege_of_A .
a:event3 a bg:Treaty .
en:X a bg:State ; rdfs:label "X"@en . en:P a bg:Person ; rdfs:label "P"@en .
END
run load strange strange.ttl;           check 0 'loads a graph that no article gave'
run show strange 'Siege of A';          check 0 'shows it'
says out '^place  *Inner, Outer$'       'places within each other end'
says out '^Side 1: Allies, won  *Side 2  *Side 10$' 'sides come by their numbers'
says out '^  1 army$'                   'one is not many'
says out '^  up to about 1,234,567'     'an upper bound'
says out 'according to B)'              'and whose it is'
says out '^  13 elephants$'             'what has no measure is in the words of the text'
says out '^  9 to 12 killed$'           'joint casualties'
says out '^  from 718  *Q, X$'          'an alliance'
says out '^  717  *attack: Q → X, at Inner$' 'an event with its time, agents and place'
[ "$(grep -n 'attack' out | cut -d: -f1)" -lt "$(grep -n 'retreat' out | cut -d: -f1)" ]
report 'events come by time' $?
says out '“they came at night”'         'in the words of the text'
run show strange 'War of A';            says out '^  *Siege of A$' 'a war lists its parts'
run show strange Same;                  check 1 'a name that several things have'
says err 'Other A  *battle  *en:Other_A' 'they are listed'
says err 'Third A  *battle  *en:Third_A' 'all of them'
run show strange Allies;                check 1 'the label of a side is no name'

# ---- dates -----------------------------------------------------------------

# says_date EDTF WORDS
says_date() {
  rm -rf dated
  printf '<%s/en/D> <%s> "%s" .\n<%s/en/D> <%s> <%s> .\n' \
    "$resource" "$ontology#edtf" "$1" \
    "$resource" 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type' "$ontology#Battle" > dated.nt
  "$program" load dated dated.nt 2> err
  run show dated D
  grep -qx "date  *$2" out
  report "$1 is $2" $?
}
ontology=https://w3id.org/battlegraph/ontology
says_date 1942-08-19              '19 August 1942'
says_date 1942-08-08/1942-08-10   '8 to 10 August 1942'
says_date 1942-08-28/1942-09-02   '28 August to 2 September 1942'
says_date 1941-12-16/1942-03      '16 December 1941 to March 1942'
says_date 1944-05/1944-08         'May to August 1944'
says_date 0717                    717
says_date -0479                   '480 BC'
says_date 0000-06                 'June 1 BC'
says_date -0217/-0200             '218 to 201 BC'
says_date -0009/0005              '10 BC to 5 AD'
says_date '0251-07~/0251-08~'     'about July to August 251'
says_date '1200?'                 'perhaps 1200'
says_date 1939-09-01/..           'from 1 September 1939'
says_date ../1453                 'until 1453'
says_date 1916-22                 'summer 1916'
says_date Y-17000                 '17001 BC'
says_date 'in the year of the cat' 'in the year of the cat'

# ---- parties, persons, places ----------------------------------------------

run show store 'Roman Republic';        says out '^  2 August 216 BC  *Battle of Cannae, lost$' 'the conflicts of a party'
says out 'against Ancient Carthage'     'and whom it fought'
run show strange en:Z;                  check 1 'what nothing is said of'
run show strange X;                     says out 'with Y, Z' 'and beside whom'
says out 'for Allies'                   'and on which side'
run show store Hannibal;                says out 'Battle of Cannae, won' 'the conflicts of a person'
says out 'for Ancient Carthage'         'and for whom'
run show store 'Marcus Minucius Rufus'; says out '^  *killed$' 'and what became of them'
run show store Cannae;                  says out '^within  *Apulia, Italy$' 'what a place is within'
says out 'Battle of Cannae'             'and what happened there'
run show strange Inner;                 says out '^within  *Outer$' 'a circle of places ends'
says out '^  717  *Siege of A$'         'an event names its conflict'
run show store 'en:Battle_of_Cannae#side1/command/1'
says out '^person  *Hannibal$'          'what is of another kind is shown as it is stored'

# ---- evidence --------------------------------------------------------------

cannae="$articles/Battle_of_Cannae.wiki"
run why store 'Battle of Cannae' partOf; check 0 'why'
says out '^Battle of Cannae | partOf | Second Punic War$' 'a statement in readable form'
says out '^    article  *Battle of Cannae$' 'the article'
says out '^    revision  *https://en.wikipedia.org/wiki/Battle_of_Cannae$' 'the revision'
says out '^    section  *infobox$'      'the section'
says out '^    rule  *en:partof$'       'the rule'
says out '^    confidence  *0.95$'      'the confidence'
bytes=$(sed -n 's/^    bytes *//p' out)
words=$(tail -c "+$((${bytes%-*} + 1))" "$cannae" | head -c "$((${bytes#*-} - ${bytes%-*}))")
mark='“'
says out "^    words  *$mark$(printf %s "$words" | sed 's/[][]/\\&/g')" 'the words are the bytes'

# rests STORE WORDS ARGUMENT...: one piece of evidence, with these words
rests() {
  words=$1
  shift
  run why store "$@"
  [ "$status" -eq 0 ] && [ "$(grep -c '^    words' out)" -eq 1 ] &&
    grep -q "^    words *$mark$words" out
  report "why $*" $?
}
side=en:Battle_of_Cannae#side2
rests '48,200–70,000 killed' "$side/casualties/1" maximum 70000
rests '48,200–70,000 killed' "$side" casualties "$side/casualties/1"
rests '48,200–70,000 killed' 'Battle of Cannae' maximum '"70000"'
rests '.*Roman Republic'    "$side" bg:belligerent en:Roman_Republic
rests '.*Roman Republic'    'Battle of Cannae' participant 'roman republic'
rests '.*Marcus Minucius'   "$side" commander Marcus_Minucius_Rufus
rests '.*Marcus Minucius'   'Battle of Cannae' commander 'Marcus Minucius Rufus'
rests '.*Marcus Minucius'   'Marcus Minucius Rufus' commandedIn
rests '.*Marcus Minucius'   'Marcus Minucius Rufus' foughtFor
run why store 'Battle of Cannae' fate Killed
[ "$(grep -c '^Battle of Cannae, side 2, command [0-9] | fate | Killed$' out)" -eq 3 ]
report 'what is said of commands is asked of the conflict' $?
run why store 'Roman Republic' foughtAgainst 'Ancient Carthage'
[ "$(grep -c '^    words' out)" -eq 2 ]
report 'who fought whom rests on two participations' $?
run why store 'Battle of Cannae' label; check 0 'a label'
says out '^    no evidence$'            'has no evidence, and that is said'
run why without 'Battle of Cannae' place; says out '^    no evidence$' 'a store without evidence'
run why store 'Battle of Cannae' place Rome; check 1 'what is not stated'
says err 'no such statement'            'is told'
run why store;                          check 2 'why wants a subject'
run why store Nothing;                  check 1 'a subject that is not there'
run why store 'Battle of Cannae' > first; cp out first
run why store 'Battle of Cannae';       same out first 'the order is always the same'

# ---- what strangers may have loaded ----------------------------------------

: > empty.nt
"$program" load empty empty.nt 2> err
run show empty Cannae;                  check 1 'an empty store has nothing'
run why empty Cannae;                   check 1 'and no reasons'
label='http://www.w3.org/2000/01/rdf-schema#label'
{
  printf '<%s/en/C> <%s> "a\\u0007\\u001B[31m\\u009Bb\\u202Ec\\nd" .\n' "$resource" "$label"
  printf '<%s/en/W> <%s> "\\u00E9\\u4E2D\\uFFFD\\U0001F5E1\\U0002070E\\U000E0041\\U0010FFFD" .\n' "$resource" "$label"
  printf '<%s/en/L> <%s> "' "$resource" "$label"
  head -c 1000000 /dev/zero | tr '\0' x
  printf '" .\n'
} > odd.nt
run load odd odd.nt;                    check 0 'loads odd labels'
run show odd en:C;                      says out '^a??\[31m?b?c d$' 'control characters do not reach the terminal' 2> err
run show odd en:W;                      check 0 'characters of every plane'
run show odd "$(printf '\303\251\344\270\255\357\277\275\360\237\227\241\360\240\234\216\363\240\201\201\364\217\277\275')"
check 0 'are found by name'
run show odd en:L;                      check 0 'a label of a megabyte'
[ "$(wc -c < out)" -lt 5000 ]
report 'is cut' $?
run show odd "$(printf '\377\033')";    check 1 'a name that is not UTF-8'
lacks err "$(printf '\033')"            'does not reach the terminal'
echo "1..$n"
