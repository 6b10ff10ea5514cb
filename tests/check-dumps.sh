#!/bin/sh
# Whole dumps: the pages of one come out the same however it is packed, cut,
# spread over threads, killed and gone on with; and what is broken costs itself.
program=$top_builddir/battlegraph
articles=$top_srcdir/data/articles
real=$(cd "$top_srcdir/../shared/dumps" 2> /dev/null && pwd)
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 99
# shellcheck source=tests/tap.sh
. "$top_srcdir/tests/tap.sh"

# ---- telling ----------------------------------------------------------------

has() { command -v "$1" > /dev/null; }
has timeout || timeout() {
  shift
  "$@"
}

# extract ARGUMENT...: N-Quads into `out`; sets `status`, never above 124.
extract() {
  timeout 20 "$program" extract --format nquads "$@" > out 2> err
  status=$?
}

# The pages that `out` states something of.
count_pages() {
  sed 's/.*<\([^>]*\)> \.$/\1/' out | uniq | sort -u | wc -l
}

# gives WHAT FILE ARGUMENT...: a run in peace writes FILE's bytes.
gives() {
  what=$1 expected=$2
  shift 2
  extract "$@"
  [ "$status" -eq 0 ] && [ ! -s err ] && cmp -s out "$expected"
  report "$what" $?
}

# spoils WHAT FILE COMPLAINT ARGUMENT...: FILE's bytes, and what is lost is named.
spoils() {
  what=$1 expected=$2 complaint=$3
  shift 3
  extract "$@"
  [ "$status" -eq 1 ] && grep -q -e "$complaint" err && cmp -s out "$expected"
  report "$what" $?
}

# ---- making dumps -----------------------------------------------------------

root='<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en">'

head_of_dump() {
  cat << END
$root
  <siteinfo>
    <sitename>Wikipedia</sitename>
    <base>https://en.wikipedia.org/wiki/Main_Page</base>
    <namespaces>
      <namespace key="-1" case="first-letter">Special</namespace>
      <namespace key="0" case="first-letter" />
      <namespace key="1" case="first-letter">Talk</namespace>
      <namespace key="10" case="first-letter">Template</namespace>
    </namespaces>
  </siteinfo>
END
}

# Articles that are its files, over and over, to `battles` pages, each after
# `filler` pages of other words; the same on every machine.
cat > pages.awk << '.'
FNR == 1 { count++ }
{
  gsub(/&/, "\\&amp;"); gsub(/</, "\\&lt;"); gsub(/>/, "\\&gt;")
  gsub(/"/, "\\&quot;")
  texts[count] = texts[count] $0 "\n"
}
function random(below) {
  state = (state * 16807) % 2147483647
  return state % below
}
function put_page(title, id, text) {
  printf "  <page>\n    <title>%s</title>\n    <ns>0</ns>\n", title
  printf "    <id>%d</id>\n    <revision>\n      <id>%d</id>\n", id, id + 5000
  printf "      <timestamp>2026-06-01T00:00:00Z</timestamp>\n"
  printf "      <contributor>\n        <username>Somebody</username>\n"
  printf "        <id>7</id>\n      </contributor>\n"
  printf "      <model>wikitext</model>\n      <format>text/x-wiki</format>\n"
  printf "      <text bytes=\"%d\" xml:space=\"preserve\">", length(text)
  printf "%s</text>\n    </revision>\n  </page>\n", text
}
function put_pages() {
  state = 717
  for (i = 1; i <= battles; i++) {
    for (j = 1; j <= filler; j++) {
      words = ""
      for (k = 0; k < 400; k++) words = words " word" random(1000)
      put_page("Words " i "." j, i * 100 + j, words)
    }
    put_page("Battle " i, i * 100, texts[i % count + 1])
  }
}
END { put_pages() }
.

# put_pages BATTLES FILLER
put_pages() {
  awk -v battles="$1" -v filler="$2" -f pages.awk "$articles"/*.wiki
}

# Pages that are not read, whatever they hold.
other_pages() {
  cat << 'END'
  <page>
    <title>Talk:Battle of Cannae</title>
    <ns>1</ns>
    <id>91</id>
    <revision>
      <id>5091</id>
      <text xml:space="preserve">{{Infobox military conflict|conflict=Talked|date=1900}}</text>
    </revision>
  </page>
  <page>
    <title>Cannae</title>
    <ns>0</ns>
    <id>92</id>
    <redirect title="Battle of Cannae" />
    <revision>
      <id>5092</id>
      <text xml:space="preserve">#REDIRECT [[Battle of Cannae]] {{Infobox military conflict|conflict=Sent|date=1900}}</text>
    </revision>
  </page>
  <page>
    <title>Template:Infobox</title>
    <ns>10</ns>
    <id>93</id>
    <revision>
      <id>5093</id>
      <text xml:space="preserve">{{Infobox military conflict|conflict=Templated|date=1900}}</text>
    </revision>
  </page>
END
}

# split_dump FILE EACH FOLDER: a file with its head, files with EACH pages, a
# file with its end; and FOLDER.titles, lines "number of the file:title".
split_dump() {
  mkdir "$3"
  awk -v each="$2" -v folder="$3" '
    function next_file() {
      close(name)
      name = sprintf("%s/%05d", folder, files++)
    }
    BEGIN { next_file() }
    /<page>/ { if (pages++ % each == 0) next_file() }
    /<title>/ {
      title = $0
      gsub(/.*<title>|<\/title>.*/, "", title)
      print files - 1 ":" title > (folder ".titles")
    }
    /<\/mediawiki>/ { next_file() }
    { print > name }' "$1"
}

# multistream FILE EACH NAME: NAME.bz2, and NAME.index as Wikimedia makes it.
multistream() {
  split_dump "$1" "$2" "$3"
  bzip2 "$3"/*
  cat "$3"/*.bz2 > "$3.bz2"
  wc -c "$3"/*.bz2 | awk '$2 != "total" { print at + 0; at += $1 }' > "$3.offsets"
  awk 'NR == FNR { offsets[NR - 1] = $1; next }
    {
      file = $0
      sub(/:.*/, "", file)
      sub(/^[0-9]*:/, "")
      print offsets[file] ":" FNR ":" $0
    }' "$3.offsets" "$3.titles" > "$3.index"
}

{ head_of_dump; put_pages 7 0; other_pages; echo '</mediawiki>'; } > base.xml
{ head_of_dump; put_pages 80 7; echo '</mediawiki>'; } > many.xml

# ---- runs in the background ---------------------------------------------------

# start OUTPUT ARGUMENT...: a run with its process in OUTPUT.pid and, when it is
# over, its status in OUTPUT.ended.
start() {
  output=$1
  shift
  rm -f "$output.pid" "$output.ended"
  (
    "$program" extract --jobs 1 --output "$output" "$@" 2> "$output.err" &
    echo $! > "$output.pid"
    wait $!
    echo $? > "$output.ending"
    mv "$output.ending" "$output.ended"
  ) 2> /dev/null &
  until [ -s "$output.pid" ]; do
    :
  done
}

# stop OUTPUT SIGNAL: sets `status`.
stop() {
  kill -"$2" "$(cat "$1.pid")" 2> /dev/null
  until [ -e "$1.ended" ]; do
    sleep 0.05
  done
  status=$(cat "$1.ended")
}

# survive OUTPUT ARGUMENT...: kills the run, the first time early, then each time
# behind a later checkpoint, and lets the last one be. OUTPUT.kills says how often.
survive() {
  output=$1
  shift
  : > "$output.seen" # the checkpoint that the last kill left
  kills=0
  for pause in 0.3 0.1 0.4 0.7; do
    start "$output" --resume "$@"
    while [ ! -e "$output.ended" ] && [ $kills -gt 0 ] &&
      { [ ! -e "$output.resume" ] || cmp -s "$output.resume" "$output.seen"; }; do
      sleep 0.05
    done
    sleep $pause
    stop "$output" KILL
    if [ "$status" -ne 137 ]; then
      break
    fi
    kills=$((kills + 1))
    [ ! -e "$output.resume" ] || cp "$output.resume" "$output.seen"
  done
  if [ "$status" -eq 137 ]; then
    start "$output" --resume "$@"
    stop "$output" 0
  fi
  echo "$kills" > "$output.kills"
}

# They take their time, while the rest is done.
{ head_of_dump; put_pages 2500 0; echo '</mediawiki>'; } > long.xml
if has bzip2; then bzip2 -k long.xml; fi
if has gzip; then gzip -1 -k long.xml; fi
{
  date +%s > started
  "$program" extract --jobs 1 --progress json --output long.nq.gz long.xml \
    2> progress.json
  echo $? > progress.status
  date +%s > ended
  survive plain.nq long.xml
  for input in long.xml.bz2 long.xml.gz; do
    [ ! -e $input ] || survive $input.nq.gz $input
  done
} &
survivors=$!

# ---- how it is packed -------------------------------------------------------

extract base.xml
cp out base.nq
[ "$status" -eq 0 ] && [ ! -s err ] && [ "$(count_pages)" -eq 7 ]
report "a dump gives its articles, and says nothing" $?
! grep -q -e Talked -e Sent -e Templated base.nq
report "redirects and other namespaces are not read" $?
"$program" dump-info base.xml > out 2> err
grep -q 'pages *10$' out && grep -q 'articles *7$' out &&
  grep -q 'redirects *1$' out
report "dump-info counts them" $?

gives "standard input" base.nq - < base.xml
awk '/<page>/ { pages++ } pages < 4 { print }' base.xml > first.xml
echo '</mediawiki>' >> first.xml
{ head_of_dump; awk '/<page>/ { pages++ } pages >= 4 { print }' base.xml; } > second.xml
gives "two files" base.nq first.xml second.xml
cat first.xml second.xml > both.xml
gives "two dumps, one behind the other" base.nq both.xml

# packed TOOL NAME: all that is done with a file that TOOL makes.
packed() {
  if ! has "$1"; then
    skip_one "$1" "there is no $1"
    return
  fi
  "$1" -c < base.xml > "base.xml.$2"
  "$1" -c < first.xml > "first.xml.$2"
  "$1" -c < second.xml > "second.xml.$2"
  cat "first.xml.$2" "second.xml.$2" > "both.xml.$2"
  cp "base.xml.$2" misnamed
  gives "$1" base.nq "base.xml.$2"
  gives "$1, on standard input" base.nq - < "base.xml.$2"
  gives "$1, by content and not by name" base.nq misnamed
  gives "$1, files one behind the other" base.nq "both.xml.$2"
  gives "$1, such on standard input" base.nq - < "both.xml.$2"
  gives "$1, several files" base.nq "first.xml.$2" "second.xml.$2"
}
packed gzip gz
packed bzip2 bz2
packed lbzip2 bz2
packed xz xz
packed zstd zst
if has bzip2; then
  multistream base.xml 1 streams
  gives "bzip2, a page a stream" base.nq streams.bz2
  gives "bzip2, a page a stream, on standard input" base.nq - < streams.bz2
  if has gzip; then
    gives "each file packed in its own way" base.nq first.xml.gz second.xml.bz2
  fi
fi

# ---- how it is written ------------------------------------------------------

# like_base WHAT FILE: the same graph; expat and we see the same pages.
like_base() {
  gives "$1" base.nq "$2"
  "$program" dump-info --list "$2" > listed 2> err &&
    "$program" dump-info --list --strict "$2" > out 2> err && cmp -s listed out
  report "$1: expat sees the same pages" $?
}

sed '1,/<\/siteinfo>/d; /<\/mediawiki>/d' base.xml > fragment.xml
like_base "pages without a root" fragment.xml
sed 's/0\.11/0.3/g; /<ns>/d; /<redirect/d; /<model>/d; /<format>/d
  s/{{Infobox military conflict|conflict=Sent[^<]*//' base.xml > old.xml
gives "export 0.3, namespaces by their names" base.nq old.xml
sed 's|</text>|&<sha1>x</sha1><content><role>other</role><origin>9</origin><model>wikitext</model><format>text/x-wiki</format><text location="tt:9">{{Infobox military conflict\|conflict=Wrong}}</text></content>|' \
  base.xml > slots.xml
like_base "export 0.11 with slots of other content" slots.xml
sed "/<[a-z]/s/=\"\([^\"]*\)\"/='\1'/g" base.xml > single.xml
like_base "attributes in single quotes" single.xml
sed 's/<title>/<!-- it is a <title> --><title>/
  s/^{{Infobox/<!-- {{Infobox x}} --><?x <text>?>{{Infobox/' base.xml > comments.xml
like_base "comments and instructions" comments.xml
{ echo '<?xml version="1.0" encoding="utf-8"?><!-- <page> -->'; cat base.xml; } > prolog.xml
like_base "a comment before the root" prolog.xml
awk '
  /<text / { sub(/<text [^>]*>/, "&<![CDATA["); is_text = 1 }
  is_text {
    gsub(/&lt;/, "<"); gsub(/&gt;/, ">"); gsub(/&quot;/, "\"")
    gsub(/&amp;/, "\\&")
  }
  is_text && /<\/text>/ { sub(/<\/text>/, "]]>&"); is_text = 0 }
  { print }' base.xml > cdata.xml
like_base "CDATA" cdata.xml
sed 's/<\(\/*\)\([a-z]\)/<\1mw:\2/g; s/xmlns=/xmlns:mw=/' base.xml > prefixed.xml
like_base "a prefix" prefixed.xml
awk '{ printf "%s\r\n", $0 }' base.xml > crlf.xml
gives "lines that end in two bytes" base.nq crlf.xml
sed '/[<&]/!s/a/\&#97;/g; s/é/\&#xE9;/g; s/–/\&#8211;/g' base.xml > numbers.xml
like_base "characters by their numbers" numbers.xml
sed 's/<text /<text note="a > b" /' base.xml > greater.xml
like_base "a > in an attribute" greater.xml
printf '\357\273\277' | cat - base.xml > marked.xml
like_base "a byte order mark" marked.xml
if has iconv; then
  sed 's/–/\&#8211;/g; s/ā/\&#257;/g; s/č/\&#269;/g; s/ē/\&#275;/g
    s/ģ/\&#291;/g; s/ł/\&#322;/g; s/Ś/\&#346;/g; s/ž/\&#382;/g
    s/ğ/\&#287;/g; s/ı/\&#305;/g' base.xml > ascii.xml
  { echo '<?xml version="1.0" encoding="ISO-8859-1"?>'
    iconv -f UTF-8 -t ISO-8859-1 ascii.xml; } > latin.xml
  like_base "ISO-8859-1" latin.xml
  iconv -f UTF-8 -t UTF-16 base.xml > wide.xml
  like_base "UTF-16" wide.xml
else
  skip_one "other encodings" "there is no iconv"
fi

# Two revisions a page, the first of other words.
cat > history.awk << 'END'
/<revision>/ { lines = ""; keeps = 1 }
keeps { lines = lines $0 "\n" }
!keeps { print }
/<\/revision>/ {
  keeps = 0
  first = lines
  sub(/<id>5/, "<id>4", first)
  sub(/\| *date /, "| place = Elsewhere | date ", first)
  printf "%s%s", first, lines
}
END
awk -f history.awk base.xml > history.xml
like_base "the last revision of a history" history.xml
extract --all-revisions history.xml
sed -n 's|.*/page/en/\([^>]*\)> \.$|\1|p' out | sort -u > graphs
[ "$status" -eq 0 ] && [ "$(wc -l < graphs)" -eq 14 ] &&
  [ "$(grep -c '^Battle_1/revision/[45]100$' graphs)" -eq 2 ]
report "all revisions, each with its graph" $?
sed -n '/revision\/5[0-9]*> \.$/s|/revision/5[0-9]*>|>|gp' out | cmp -s - base.nq
report "the last of all says what the page says" $?
"$program" extract --all-revisions history.xml > out 2> err
[ $? -eq 2 ]
report "all revisions want a format with graphs" $?

sed 's|https://en\.wiki|https://simple.wiki|' base.xml > simple.xml
extract simple.xml
[ "$status" -eq 0 ] && grep -q '<https://simple.wikipedia.org/wiki/Battle_1>' out &&
  grep -q 'resource/simple/Battle_1>' out && ! grep -q en.wikipedia out &&
  ! grep -q resource/en/ out
report "the wiki's address shows in the IRIs" $?
sed 's/xml:lang="en"/xml:lang="qx"/; /<base>/d' base.xml > strange.xml
extract strange.xml
[ "$status" -eq 1 ] || [ "$status" -eq 3 ] && grep -q "language 'qx'" err
report "a language without data is named" $?
extract --language en strange.xml
[ "$status" -eq 0 ] && cmp -s out base.nq
report "unless another is asked for" $?

# ---- threads and decompressors ----------------------------------------------

extract --jobs 1 many.xml
cp out many.nq
[ "$status" -eq 0 ] && [ "$(count_pages)" -eq 80 ]
report "a dump of some megabytes" $?
for jobs in 2 16; do
  gives "$jobs threads" many.nq --jobs $jobs many.xml
done
dumps=many.xml
if has gzip; then
  gzip -c many.xml > many.xml.gz
  dumps="$dumps many.xml.gz"
fi
if has bzip2; then
  bzip2 -k many.xml
  multistream many.xml 100 many
  dumps="$dumps many.xml.bz2 many.bz2"
  decompressors=libbz2
  if has lbzip2; then
    decompressors='libbz2 lbzip2'
  else
    skip_one "lbzip2" "there is no lbzip2"
    "$program" extract --decompressor lbzip2 many.bz2 > out 2> err
    [ $? -eq 2 ] && grep -q 'lbzip2 is not installed' err
    report "lbzip2 is missed where it is asked for" $?
  fi
  for input in many.xml.bz2 many.bz2; do
    for decompressor in $decompressors; do
      for jobs in 1 2 16; do
        gives "$input by $decompressor, $jobs threads" many.nq --jobs $jobs \
          --decompressor "$decompressor" "$input"
      done
      gives "$input by $decompressor, on standard input" many.nq \
        --decompressor "$decompressor" - < "$input"
    done
  done
fi
for jobs in 1 2 16; do
  timeout 20 "$program" extract --jobs $jobs --output many.$jobs.nq.gz many.xml 2> err
done
cmp -s many.1.nq.gz many.2.nq.gz && cmp -s many.1.nq.gz many.16.nq.gz
report "compressed output is the same for any number of threads" $?
if has gzip; then
  gzip -dc many.1.nq.gz | cmp -s - many.nq
  report "and decompresses to the plain one" $?
fi

# ---- shards -----------------------------------------------------------------

# shards WHAT FILE COUNTS INPUT...: FILE's bytes, for each number of shards.
shards() {
  what=$1 expected=$2 counts=$3
  shift 3
  for count in $counts; do
    k=0 good=0
    : > parts.nq
    : > complaints
    while [ $k -lt "$count" ]; do
      k=$((k + 1))
      extract --shard "$k/$count" "$@"
      cat out >> parts.nq
      cat err >> complaints
      [ "$status" -eq 0 ] || good=1
    done
    cp complaints err
    [ $good -eq 0 ] && [ ! -s err ] && cmp -s parts.nq "$expected"
    report "$what in $count shards" $?
  done
}
shards many.xml many.nq 1 many.xml
for input in $dumps; do
  shards "$input" many.nq '2 3 7' "$input"
done
{ head_of_dump; put_pages 30 3; echo '</mediawiki>'; } > few.xml
extract few.xml
cp out few.nq
inputs="base.xml $(echo "$dumps" | sed 's/many.xml.bz2//') few.xml"
# shellcheck disable=SC2086 # several inputs
extract $inputs
cp out set.nq
# shellcheck disable=SC2086
shards "a set of files" set.nq '1 2 3 7' $inputs
shards "a small file" base.nq 20 base.xml
{ echo '<!-- a comment -->'; cat few.xml; } > few-prolog.xml
shards "a dump that begins with a comment" few.nq 3 few-prolog.xml
sed 's/<title>/<!-- a comment -->&/' few.xml > few-comments.xml
shards "a dump with comments in its pages" few.nq 3 few-comments.xml
if has iconv; then
  iconv -f UTF-8 -t UTF-16 few.xml > few-wide.xml
  shards "UTF-16" few.nq 3 few-wide.xml
fi
"$program" extract --shard 4/3 few.xml > out 2> err
[ $? -eq 2 ]
report "there is no fourth part of three" $?

# ---- titles and the index ---------------------------------------------------

printf 'Battle 3\nbattle_57\r\n\nBattle 80\nNo such battle\n' > titles
grep -e '/page/en/Battle_3> \.$' -e '/page/en/Battle_57> \.$' \
  -e '/page/en/Battle_80> \.$' many.nq > titles.nq
for input in $dumps; do
  gives "titles, of $input" titles.nq --titles titles "$input"
done
if has bzip2; then
  gives "titles by the index" titles.nq --titles titles --index many.index many.bz2
  sed 's/.*://' many.index > titles.all
  gives "all titles by the index" many.nq --titles titles.all --index many.index many.bz2
  bzip2 -k many.index
  gives "by an index that is compressed" titles.nq --titles titles \
    --index many.index.bz2 many.bz2
  # Only those streams are read: the others may be broken.
  first=$(sed -n 's/:[0-9]*:Battle 2$//p' many.index)
  second=$(awk -F: -v first="$first" '$1 > first { print $1; exit }' many.index)
  { head -c "$first" many.bz2; head -c $((second - first)) /dev/zero
    tail -c "+$((second + 1))" many.bz2; } > holed.bz2
  echo 'Battle 57' > title
  grep '/page/en/Battle_57> \.$' many.nq > title.nq
  gives "other streams are not read" title.nq --titles title --index many.index holed.bz2
  "$program" extract --titles title --index many.index many.xml > out 2> err
  [ $? -eq 2 ]
  report "an index is of no use for plain XML" $?
fi

# ---- killed, and gone on with -----------------------------------------------

wait $survivors
cp progress.json err
seconds=$(($(cat ended) - $(cat started)))
lines=$(wc -l < progress.json)
[ "$(cat progress.status)" -eq 0 ] && [ "$lines" -ge $((seconds / 2 + 1)) ] &&
  [ "$lines" -le $((seconds + 2)) ] &&
  ! grep -v '^{"seconds":[0-9.]*,"bytes":[0-9]*,"total":[0-9]*,"percent":[0-9.]*,.*}$' \
    progress.json && tail -n 1 progress.json | grep -q '"percent":100.0,"pages":2500,'
report "progress as JSON, a line a second and one at the end ($lines lines)" $?
# survived WHAT OUTPUT EXPECTED
survived() {
  cp "$2.err" err
  cmp -s "$2" "$3" && [ ! -e "$2.resume" ]
  report "$1, killed $(cat "$2.kills") times and gone on with" $?
  rm -f "$2"
}
if has gzip; then
  gzip -dc long.nq.gz > long.nq
else
  "$program" extract --output long.nq long.xml
fi
survived "plain XML" plain.nq long.nq
for input in long.xml.bz2 long.xml.gz; do
  if [ -e $input ]; then
    survived "$input, to compressed output" $input.nq.gz long.nq.gz
  else
    skip_one "$input" "it could not be made"
  fi
done
rm -f long.*

# interrupt OUTPUT ARGUMENT...: Ctrl-C as soon as something is written.
interrupt() {
  rm -f "$1" "$1.resume"
  start "$@"
  until [ -s "$1" ] || [ -e "$1.ended" ]; do
    :
  done
  stop "$1" INT
  cp "$1.err" err
}

# interrupted WHAT FILE ARGUMENT...: stopped and gone on with: FILE's bytes.
interrupted() {
  what=$1 expected=$2
  shift 2
  interrupt stopped.nq "$@"
  [ "$status" -eq 130 ] && grep -q 'stopped; --resume' err && [ -e stopped.nq.resume ] &&
    [ "$(wc -c < stopped.nq)" -lt "$(wc -c < "$expected")" ]
  report "$what, stopped by Ctrl-C" $?
  timeout 20 "$program" extract --resume --output stopped.nq "$@" 2> err &&
    [ ! -s err ] && cmp -s stopped.nq "$expected" && [ ! -e stopped.nq.resume ]
  report "$what, gone on with" $?
}
{ head_of_dump; put_pages 500 0; echo '</mediawiki>'; } > some.xml
extract some.xml
cp out some.nq
interrupted "plain XML" some.nq some.xml
if has bzip2; then
  multistream some.xml 100 some
  interrupted "bzip2" some.nq some.bz2
  sed 's/.*://' some.index > titles.all
  interrupted "titles by the index" some.nq --titles titles.all --index some.index some.bz2
fi
cat base.nq some.nq base.nq > set.nq
interrupted "a set of files" set.nq base.xml some.xml base.xml
interrupted "a shard" some.nq --shard 1/1 some.xml
{ echo '<!-- a comment -->'; cat some.xml; } > some-prolog.xml
interrupted "a dump that begins with a comment" some.nq some-prolog.xml
sed 's/<title>/<!-- a comment -->&/' some.xml > some-comments.xml
interrupted "a dump with comments in its pages" some.nq some-comments.xml
awk -f history.awk some.xml > some-history.xml
interrupted "the last revisions of histories" some.nq some-history.xml
# All pages as revisions of one.
awk '
  /<page>/ && pages++ > 0 { is_left = 1 }
  /<revision>/ { is_left = 0 }
  /<\/page>/ { next }
  /<\/mediawiki>/ { print "  </page>" }
  !is_left { print }' some.xml > one.xml
extract --all-revisions one.xml
cp out all.nq
[ "$status" -eq 0 ] && [ "$(count_pages)" -eq 500 ]
report "a page of 500 revisions" $?
interrupted "all revisions" all.nq --all-revisions one.xml

interrupt stopped.nq some.xml
cp stopped.nq.resume kept
"$program" extract --resume --output stopped.nq base.xml > out 2> err
[ $? -eq 2 ] && grep -q 'other inputs or options' err
report "a checkpoint of other inputs is refused" $?
"$program" extract --resume --base http://example.org/ --output stopped.nq some.xml \
  > out 2> err
[ $? -eq 2 ] && grep -q 'other inputs or options' err && cmp -s stopped.nq.resume kept
report "a checkpoint of other options is refused" $?
echo 'battlegraph checkpoint' > stopped.nq.resume
"$program" extract --resume --output stopped.nq some.xml > out 2> err
[ $? -eq 1 ] && grep -q 'no checkpoint' err
report "what is no checkpoint is refused" $?
cp kept stopped.nq.resume
: > stopped.nq
"$program" extract --resume --output stopped.nq some.xml > out 2> err
status=$?
[ "$status" -ne 0 ] || cmp -s stopped.nq some.nq
report "an output that was cut since is not gone on with" $?
cp kept stopped.nq.resume
"$program" extract --output stopped.nq some.xml 2> err && cmp -s stopped.nq some.nq &&
  [ ! -e stopped.nq.resume ]
report "without --resume a run begins anew" $?
"$program" extract --resume some.xml > out 2> err
[ $? -eq 2 ]
report "standard output cannot be gone on with" $?

# ---- a store ----------------------------------------------------------------

# The third page of the newer dump has another revision.
sed '/<title>Battle 3</,/<\/page>/s/<id>5300</<id>6300</
  /<title>Battle 3</,/<\/page>/s/| *result *= */&Glorious /' base.xml > newer.xml
"$program" extract --store store base.xml > out 2> err && grep -q '^7 pages, 7 conflicts' err && ! grep -q changed err
report "a dump fills a store" $?
"$program" extract --store store newer.xml > out 2> err && grep -q '^1 page, 1 conflict, ' err &&
  grep -q '^6 more had not changed$' err
report "a newer dump rewrites what has changed" $?
"$program" export --format nquads store 2> err | LC_ALL=C sort > again.nq
"$program" extract --store fresh newer.xml 2> err
"$program" export --format nquads fresh 2> err | LC_ALL=C sort > fresh.nq
cmp -s again.nq fresh.nq && grep -q Glorious again.nq
report "the store is as if it had known no other" $?
"$program" extract --store store newer.xml > out 2> err
grep -q '^0 pages, ' err && grep -q '^7 more had not changed$' err
report "the same dump once more changes nothing" $?

# ---- cut off ----------------------------------------------------------------

# What a cut file gives are the first pages. prefix.K: those of K pages.
for k in 0 1 2 3 4 5 6 7; do
  i=0
  while [ $i -lt $k ]; do
    i=$((i + 1))
    grep "/page/en/Battle_$i> \\.\$" base.nq
  done > prefix.$k
done

# choose CUTS SIZE: that many places, the same on every machine.
choose() {
  awk -v cuts="$1" -v size="$2" 'BEGIN {
    state = 717
    for (i = 0; i < cuts; i++) {
      state = (state * 16807) % 2147483647
      print state % size
    }
  }'
}

# cut WHAT FILE ENDING PLACES OPTION...: in one run, pieces of FILE up to each of
# the bytes that are lines of PLACES, each followed by how many pages are whole
# before it.
cut_off() {
  what=$1 file=$2 ending=$3 places=$4
  shift 4
  rm -rf cut && mkdir cut
  : > expected
  while read -r place whole; do
    head -c "$place" "$file" > "cut/$place.$ending"
    cat "prefix.$whole" >> expected
  done < "$places"
  while read -r place whole; do
    echo "cut/$place.$ending"
  done < "$places" > files
  # shellcheck disable=SC2046 # their names are numbers
  extract "$@" $(cat files)
  [ "$status" -le 1 ] && cmp -s out expected
  report "$what, cut at $(wc -l < "$places") places: the pages before are kept" $?
  sed -n "s/^battlegraph: '\\([^']*\\)'.* byte.*/\\1/p
    s/^battlegraph: '\\([^']*\\)' is empty.*/\\1/p" err | sort -u > named
  sort -u files | comm -23 - named > silent
  # What ends behind its last page, or before it could be told for a dump, may
  # end there.
  [ "$(wc -l < silent)" -le 4 ] && ! grep -v "^battlegraph: 'cut/" err
  report "$what: each piece is named, with the byte" $?
}

# Where the pages of base.xml end, one byte a line.
awk '{ at += length($0) + 1 } /<\/page>/ { print at - 1 }' base.xml | head -n 7 > ends
choose 200 "$(wc -c < base.xml)" | sort -nu | awk '
  NR == FNR { ends[++count] = $1; next }
  {
    while (whole < count && ends[whole + 1] <= $1) whole++
    print $1, whole + 0
  }' ends - > places
cut_off "plain XML" base.xml xml places
if has gzip; then
  choose 100 "$(wc -c < base.xml.gz)" | sort -nu | while read -r place; do
    head -c "$place" base.xml.gz | gzip -dc 2> err > out
    whole=$(grep -c '</page>' out)
    echo "$place $((whole > 7 ? 7 : whole))"
  done > places
  cut_off "gzip" base.xml.gz gz places
fi
if has bzip2; then
  # The last of the streams' ends, but for the checksum, is needed.
  awk 'NR > 2 { print $1 }' streams.offsets | head -n 7 > ends
  choose 200 "$(wc -c < streams.bz2)" | sort -nu | awk '
    NR == FNR { ends[++count] = $1; next }
    {
      while (whole < count && ends[whole + 1] < $1 + 12) whole++
      print (ends[whole] > $1 ? ends[whole] : $1), whole + 0
    }' ends - | sort -nu > places
  for decompressor in $decompressors; do
    cut_off "bzip2 by $decompressor" streams.bz2 bz2 places \
      --decompressor "$decompressor"
  done
fi

# ---- a flipped bit ----------------------------------------------------------

# flip FILE BYTE BIT: into `flipped.bz2`.
flip() {
  cp "$1" flipped.bz2
  byte=$(dd if="$1" bs=1 skip="$2" count=1 2> /dev/null | od -An -tu1)
  byte=$((byte ^ (1 << $3)))
  # shellcheck disable=SC2059 # the format is the byte
  printf "\\$(printf %o "$byte")" |
    dd of=flipped.bz2 bs=1 seek="$2" conv=notrunc 2> /dev/null
}

if has bzip2; then
  { head_of_dump; put_pages 50 0; echo '</mediawiki>'; } > fifty.xml
  multistream fifty.xml 1 fifty
  extract fifty.bz2
  cp out fifty.nq
  good=0
  i=0
  while [ $i -lt 50 ]; do
    i=$((i + 1))
    start=$(sed -n "$((i + 1))p" fifty.offsets)
    end=$(sed -n "$((i + 2))p" fifty.offsets)
    size=$((end - start - 20)) # but for the beginning, and the checksum at the end
    flip fifty.bz2 $((start + 10 + i * 7919 % size)) $((i % 8))
    extract --decompressor libbz2 flipped.bz2
    grep -v "/page/en/Battle_$i> \\.\$" fifty.nq > expected
    if ! { [ "$status" -eq 1 ] && cmp -s out expected &&
      grep -q "'flipped.bz2': broken at byte $((start + 4)): corrupt" err; }; then
      good=1
      echo "# stream $i"
    fi
  done
  report "a flipped bit in each of fifty streams costs its page, by name" $good
  start=$(sed -n 26p fifty.offsets)
  grep -v '/page/en/Battle_25> \.$' fifty.nq > expected
  for byte in 4 7 9; do
    flip fifty.bz2 $((start + byte)) 3
    spoils "one where a block begins (byte $byte of the stream)" expected \
      "'flipped.bz2': .* byte $((start + 4)):" flipped.bz2
  done
  if has lbzip2; then
    flip fifty.bz2 $((start + 200)) 0
    spoils "one that lbzip2 meets" expected 'broken at byte' \
      --decompressor lbzip2 flipped.bz2
  fi
  flip many.xml.bz2 $(($(wc -c < many.xml.bz2) / 2)) 5
  extract flipped.bz2
  cp out lost.nq
  [ "$status" -eq 1 ] && [ "$(count_pages)" -ge 40 ] &&
    [ "$(grep -c 'broken at byte' err)" -eq 1 ]
  report "one in a stream of several blocks costs one of them" $?
  sort many.nq > expected
  sort lost.nq | comm -23 - expected > out
  [ ! -s out ]
  report "and nothing is put together over the gap" $?
fi

# ---- strange pages ----------------------------------------------------------

# put_between: a dump of base.xml's pages and, before the fourth, standard input.
put_between() {
  awk '/<page>/ { pages++ } pages < 4 { print }' base.xml
  cat
  awk '/<page>/ { pages++ } pages >= 4 { print }' base.xml
}

printf '<page><title>Bad&#7;title</title><ns>0</ns><revision><id>1</id><text>%s</text></revision></page>\n' \
  '{{Infobox military conflict|conflict=X|date=1900}}' | put_between > control.xml
spoils "a title with a control character" base.nq 'no title that could be one' control.xml
put_between < /dev/null | awk '
  /<title>Battle 2</ { is_second = 1 }
  is_second && /<text/ { sub(/>/, ">\377\300"); is_second = 0 }
  { print }' > invalid.xml
spoils "a text with bytes that are no UTF-8" base.nq \
  "'invalid.xml': page 'Battle 2': 2 bytes" invalid.xml
printf '<page><title>X</title><ns>0</ns><revision><id>1</id><text>a < b</text></revision></page>\n' |
  put_between > broken.xml
spoils "a page that is no XML" base.nq "'broken.xml'.* byte" broken.xml
{ printf '<page><title>X</title><revision><text>a <!-- '
  head -c 3000000 /dev/zero | tr '\0' y
  echo ' -- b --></text></revision></page>'; } | put_between > broken.xml
spoils "one that turns out so late" base.nq "'broken.xml'.* byte" broken.xml
printf '<page><title>X</title><ns>0</ns><revision><id>1</id>' | put_between > broken.xml
spoils "a page that does not end" base.nq "'broken.xml'.* byte" broken.xml

# big_page MILLIONS: so many bytes of text.
big_page() {
  printf '<page><title>A very long page</title><ns>0</ns><revision><id>1</id><text>'
  head -c "${1}000000" /dev/zero | tr '\0' x
  printf '</text></revision></page>\n'
}
# Its peak of memory is read while it still waits for the end of its input.
mkfifo pipe
"$program" extract --format nquads - < pipe > out 2> err &
run=$!
{ big_page 200 | put_between; sleep 0.3
  cat /proc/$run/status > peak 2> /dev/null; } > pipe
wait $run
status=$?
[ "$status" -eq 1 ] && cmp -s out base.nq && grep -q "page 'A very long page' .*left out" err
report "a page of 200 megabytes is left out" $?
peak=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\) kB$/\1/p' peak)
if [ -z "$peak" ] || grep -q __asan_init "$program" || grep -q __tsan_init "$program"; then
  skip_one "it costs no memory" "that cannot be told here"
else
  [ "$peak" -lt 300000 ]
  report "it costs no memory ($peak kB)" $?
fi
if has bzip2; then
  big_page 60 | put_between | bzip2 > big.bz2
  for decompressor in $decompressors; do
    spoils "one that is packed to almost nothing, by $decompressor" base.nq \
      "page 'A very long page' .*left out" --decompressor "$decompressor" big.bz2
  done
fi

# ---- where it is written ----------------------------------------------------

if [ -c /dev/full ]; then
  "$program" extract --format nquads many.xml > /dev/full 2> err
  [ $? -eq 3 ] && grep -q 'standard output.*No space' err && [ "$(wc -l < err)" -eq 1 ]
  report "a full disk" $?
  "$program" extract --output /dev/full many.xml 2> err
  [ $? -eq 3 ] && grep -q '/dev/full.*No space' err && [ "$(wc -l < err)" -eq 1 ]
  report "a full disk, by name" $?
  rm -f /dev/full.resume
else
  skip_one "a full disk" "there is no /dev/full"
fi
# The numbers of the processes that it starts are kept.
mkdir bin
if has lbzip2; then
  cat > bin/lbzip2 << END
#!/bin/sh
echo \$\$ >> '$work/children'
exec '$(command -v lbzip2)' "\$@"
END
  chmod +x bin/lbzip2
fi
: > children
PATH=$work/bin:$PATH timeout 20 "$program" extract --format nquads --decompressor \
  "${decompressor:-auto}" many.xml* 2> err | head -n 1 > out
[ ! -s err ] && [ "$(wc -l < out)" -eq 1 ]
report "a reader that leaves ends the run quietly" $?
if has lbzip2; then
  sleep 1
  good=0
  while read -r child; do
    ! kill -0 "$child" 2> /dev/null || good=1
  done < children
  [ -s children ] && [ $good -eq 0 ]
  report "no child is left behind" $?
else
  skip_one "no child is left behind" "there is no lbzip2"
fi

# ---- real dumps -------------------------------------------------------------

if [ -n "$real" ]; then
  for dump in "$real"/*.xml* "$real"/*/*.xml*; do
    name=${dump##*/}
    timeout 60 "$program" dump-info --list "$dump" > listed 2> err
    status=$?
    case $name in
    *.7z)
      [ "$status" -eq 1 ] && grep -q 7z err
      report "$name: says what to do" $?
      continue
      ;;
    esac
    [ "$status" -le 1 ]
    report "$name is listed" $?
    if [ "$status" -eq 0 ]; then
      timeout 60 "$program" dump-info --strict --list "$dump" 2> err | cmp -s - listed
      report "$name: expat sees the same pages" $?
    fi
    extract "$dump"
    [ "$status" -le 1 ]
    report "$name is read" $?
  done
else
  skip_one "real dumps" "there are none in ../shared/dumps"
fi
echo "1..$n"
