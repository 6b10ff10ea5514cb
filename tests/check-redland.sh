#!/bin/sh
# Redland's programs over stores of ours, and ours over stores of theirs: rdfproc
# and two language bindings put graphs in and read them back.
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 99
program=$top_builddir/battlegraph
module=$top_builddir/.libs/librdf_storage_battlegraph.so
# shellcheck source=tests/tap.sh
. "$top_srcdir/tests/tap.sh"
LC_ALL=C REDLAND_MODULE_PATH=$top_builddir/.libs
export LC_ALL REDLAND_MODULE_PATH

# ---- the module ------------------------------------------------------------

if command -v nm > /dev/null; then
  nm -D --defined-only "$module" | sed 's/.* //' |
    grep -v '^__\(asan\|odr_asan\|tsan\|ubsan\|gcov\)' > out
  echo librdf_storage_module_register_factory > expected
  same out expected 'the module exports one symbol'
else
  skip_one 'the module exports one symbol' 'nm is not installed'
fi

# Its own make: this one's has a job server that is not ours.
env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL make -C "$top_builddir" install \
  DESTDIR="$work/root" > out 2> err
report 'is installed' $?
installed=$(dirname "$(find root -name 'librdf_storage_battlegraph.so')")
[ "${installed##*/}" = redland ] &&
  [ -z "$(find "$installed" -type f ! -name 'librdf_storage_battlegraph.*')" ]
report 'the module goes into the folder redland, alone' $?
[ "$(find root -name '*.la' -o -name '*.so' | wc -l)" -eq \
  "$(find "$installed" -type f | wc -l)" ]
report 'and no other library is installed' $?

if ! command -v rdfproc > /dev/null; then
  skip_one 'other programs open stores' 'rdfproc is not installed'
  echo "1..$n"
  exit
fi
if grep -q '__[at]san_init\|__ubsan_' "$module"; then
  skip_one 'other programs open stores' 'the module is built with sanitizers'
  echo "1..$n"
  exit
fi

# ---- rdfproc ---------------------------------------------------------------

# redland ARGUMENT...: rdfproc on a store of ours
redland() {
  rdfproc -c -s battlegraph "$@" > out 2> err < /dev/null
  status=$?
}
# quads STORE: what it holds, sorted, as our export has it
quads() {
  "$program" export "$1" --format nquads 2> err | sort
}

cat > small.ttl <<'TURTLE'
@prefix e: <http://e/> .
e:s e:p e:o , "a"@en , 5 , "a text, \"quoted\", of more than seven bytes" .
e:o e:q "Müezzinzade Ali Paşa" .
TURTLE
redland -n small parse small.ttl turtle; check 0 'rdfproc parses a file into a new store'
redland small size;                    says out '5 triples' 'counts'
redland small print;                   says out '<http://e/s> <http://e/p> "a"@en' 'prints'
redland small find - http://e/p -
[ "$(grep -c '^Matched triple' out)" -eq 4 ]; report 'finds' $?
redland small contains http://e/s http://e/p http://e/o
says err 'graph contains'              'contains what is there'
redland small contains http://e/s http://e/p http://e/none
says err 'does not contain'            'and nothing else'
redland small add http://e/s http://e/p http://e/o http://e/g; check 0 'adds in a context'
redland small add http://e/s http://e/r http://e/o; check 0 'adds in none'
redland small size;                    says out '7 triples' 'counts both'
redland small find - - - http://e/g;   says out 'with context <http://e/g>' 'finds in a context'
redland small contexts;                says out '<http://e/g>' 'lists the contexts'
[ "$(grep -c Context out)" -eq 1 ];    report 'of which there is one' $?
redland small targets http://e/o http://e/q; says out 'Ali Pa' 'gives the targets'
redland small sources http://e/r http://e/o; says out '<http://e/s>' 'and the sources'
redland small remove http://e/s http://e/r http://e/o; check 0 'removes'
redland small serialize nquads
"$program" load nquads out 2> err; quads nquads > again
quads small > ours;                    same again ours 'serialises with the contexts'
redland small query sparql - 'SELECT ?o { ?s <http://e/q> ?o }'
says out 'o="M'                        'asks in SPARQL'
redland small query sparql - 'SELECT ?g { GRAPH ?g { ?s ?p ?o } }'
says out 'g=<http://e/g>'              'and for contexts'
redland small remove-context http://e/g; check 0 'removes a context'
redland small contexts;                lacks out Context 'which is gone'
run check small;                       check 0 'and all of it agrees'
run query small 'SELECT ?o { <http://e/o> ?p ?o }'
says out 'Müezzinzade Ali Paşa'        'our query reads it'
redland -n small parse small.ttl turtle
redland small size;                    says out '5 triples' 'a new store is empty before'
rdfproc -q -s battlegraph small size > out 2> err
[ ! -s err ];                          report 'the module says nothing by itself' $?
mkdir other; : > other/file
redland other size;                    says err "'other' is no store" 'refuses another folder'
REDLAND_MODULE_PATH=$work/$installed redland small size
says out '5 triples'                   'the installed module does the same'

# ---- there and back --------------------------------------------------------

"$program" extract --store battles "$top_srcdir"/data/articles/*.wiki 2> err
quads battles > battles.nq
"$program" export battles --format ntriples | sort -u > battles.nt
[ -s battles.nt ];                     report 'a store of battles' $?
# Redland escapes other characters than we do: what it writes is read again.
redland battles serialize nquads
"$program" load same out 2> err; quads same > same.nq
same same.nq battles.nq                'rdfproc reads what we stored'
redland battles contexts
[ "$(grep -c '^Context' out)" -eq "$("$program" stats battles | awk '/graphs$/ { print $1 }')" ]
report 'with all its graphs' $?

# As redland-db-upgrade does: out of one storage, into the other.
in_hashes() {
  rdfproc -q -s hashes -t "hash-type='bdb',dir='.'" "$@" > out 2> err < /dev/null
}
"$program" load nothing battles.nt 2> err
redland nothing serialize ntriples;    mv out from-ours.nt
if in_hashes -n hashes parse from-ours.nt ntriples; then
  in_hashes hashes serialize ntriples; mv out from-hashes.nt
  redland -n back parse from-hashes.nt ntriples
  check 0                              'from a storage of hashes into ours'
  "$program" export back --format ntriples | sort -u > back.nt
  same back.nt battles.nt              'nothing is lost on the way'
  run check back;                      check 0 'and all of it agrees'
else
  skip_one 'from a storage of hashes into ours' 'there is no storage of hashes'
fi

# ---- language bindings -----------------------------------------------------

cat > copy.pl <<'PERL'
use strict;
use warnings;
use RDF::Redland;
my ($from, $to, $out) = @ARGV;
sub model {
  my $storage = RDF::Redland::Storage->new("battlegraph", @_) or die;
  return RDF::Redland::Model->new($storage, "") || die;
}
my ($read, $written) = (model($from, "write='no'"), model($to, "new='yes'"));
for (my $all = $read->as_stream; !$all->end; $all->next) {
  $written->add_statement($all->current, $all->context);
}
die "the sizes differ" if $read->size != $written->size;
open my $file, ">:raw", $out or die;
print $file RDF::Redland::Serializer->new("nquads")
  ->serialize_model_to_string(undef, $written);
PERL
cat > copy.py <<'PYTHON'
import sys
import RDF
read_name, written_name, out = sys.argv[1:]
def model(name, options):
    return RDF.Model(RDF.Storage(storage_name="battlegraph", name=name,
                                 options_string=options))
read, written = model(read_name, "write='no'"), model(written_name, "new='yes'")
for statement, context in read.as_stream_context():
    written.append(statement, context)
assert len(read) == len(written)
# What was written is kept by the end, which frees the world before the models.
text = RDF.Serializer(name="nquads").serialize_model_to_string(written)
with open(out, "w", encoding="utf-8") as file:
    file.write(text)
PYTHON

# check_binding NAME COMMAND...: reads our store, writes another and a file
check_binding() {
  binding=$1
  shift
  "$@" battles "by-$binding" "$binding.nq" > out 2> err
  report "$binding copies a store" $?
  quads "by-$binding" > copied.nq
  same copied.nq battles.nq            "what $binding put in is read by us"
  run check "by-$binding";             check 0 'and all of it agrees'
  "$program" load "read-by-$binding" "$binding.nq" 2> err
  quads "read-by-$binding" > read.nq
  same read.nq battles.nq              "what we put in is read by $binding"
}

if perl -MRDF::Redland -e 1 2> /dev/null; then
  check_binding perl perl copy.pl
else
  skip_one 'Perl reads and writes a store' 'librdf-perl is not installed'
fi
# The binding is Debian's python's, before which there may be another.
for python in python3 /usr/bin/python3 ''; do
  [ -n "$python" ] && "$python" -c 'import RDF' 2> /dev/null && break
done
if [ -n "$python" ]; then
  check_binding python "$python" copy.py
else
  skip_one 'Python reads and writes a store' 'python3-librdf is not installed'
fi
echo "1..$n"
