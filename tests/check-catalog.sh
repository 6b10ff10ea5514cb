#!/bin/sh
# A catalog of a dump: redirects meet, things get their classes, places their
# positions, pages their Wikidata items.
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 99
program=$top_builddir/battlegraph
# shellcheck source=tests/tap.sh
. "$top_srcdir/tests/tap.sh"

# page TITLE ID TEXT [REDIRECT]
page() {
  printf '  <page>\n    <title>%s</title>\n    <ns>0</ns>\n    <id>%s</id>\n' \
    "$1" "$2"
  [ -z "$4" ] || printf '    <redirect title="%s" />\n' "$4"
  printf '    <revision>\n      <id>9%s</id>\n      <text>%s</text>\n' "$2" "$3"
  printf '    </revision>\n  </page>\n'
}
{
  echo '<mediawiki version="0.11" xml:lang="en">'
  echo '<siteinfo><base>https://en.wikipedia.org/wiki/Main_Page</base></siteinfo>'
  page 'Battle of Low Ford' 1 '{{Infobox military conflict
| conflict = Battle of Low Ford
| place = [[Ford, Lowland]]
| combatant1 = [[Lowlands]]
| combatant2 = [[The Highland Kingdom]]
| commander1 = [[Ann Fox]]
| commander2 = [[General Elk]]
| units1 = [[1st Lowland Foot]]
}}
[[Category:Battles of the Ford War]]'
  page 'Siege of High Rock' 2 '{{Infobox_military_conflict
| combatant1 = [[Lowland]]
| combatant2 = [[highland Kingdom]]
}}
[[Category:Sieges of old]]'
  page 'Lowlands' 3 '#REDIRECT [[Lowland]]' 'Lowland'
  page 'Lowland' 4 '{{Infobox country | name = Lowland }}'
  page 'The Highland Kingdom' 5 '#REDIRECT [[Kingdom of Highland#History]]' \
    'Highland Kingdom'
  page 'Highland Kingdom' 6 '{{Infobox former country}}'
  page 'Ford, Lowland' 7 '{{Infobox settlement
| coordinates = {{coord|51|30|N|0|7|30|W|display=inline,title}}
}}'
  page 'Ann Fox' 8 'A general.
[[Category:1700 births]]
[[Category:People from Ford|Fox, Ann]]'
  page 'Round' 9 '#REDIRECT [[About]]' 'About'
  page 'About' 10 '#REDIRECT [[Round]]' 'Round'
  echo '</mediawiki>'
} > dump.xml

run extract dump.xml --format ntriples;     check 0 'one reading does without a catalog'
says out 'en/Lowlands>'                     'and takes links as they stand'

printf 'title\tid\nLowland\tQ7\nBattle_of_Low_Ford\tQ11\n' > items.tsv
run extract dump.xml --catalog new.catalog --wikidata items.tsv --format ntriples
check 0 'a catalog is made where there is none'
cp out first
lacks out 'en/Lowlands>'                    'links through redirects meet'
lacks out 'The_Highland'                    'a redirect to a section too'
says out 'en/Lowland> <.*#type> <.*#State>' 'a party is a state by its infobox'
says out 'Ann_Fox> <.*#type> <.*#Person>'   'a person is one by her categories'
says out 'Ford,_Lowland> <.*#lat> "51.5"'   'a place has its position'
says out 'Ford,_Lowland> <.*#asWKT> "POINT(-0.125 51.5)"' 'and its geometry'
says out 'Lowland> <.*sameAs> <http://www.wikidata.org/entity/Q7>' \
  'a thing has its item'
says out 'Low_Ford> <.*sameAs> <http://www.wikidata.org/entity/Q11>' \
  'and so has the conflict'
run extract dump.xml --catalog new.catalog --format ntriples
same out first 'a later run takes it as it is'

cat > page_props.sql <<'SQL'
-- MySQL dump 10.19
CREATE TABLE `page_props` (
  `pp_page` int(10) unsigned NOT NULL,
) ENGINE=InnoDB;
INSERT INTO `page_props` VALUES (4,'displaytitle','a \'(b)\',Q1',NULL),(4,'wikibase_item','Q7',NULL),(6,'wikibase_item','Q8',NULL);
SQL
run catalog dump.xml -o sql.catalog --wikidata page_props.sql --jobs 1
check 0 'a catalog is made by itself, with items by SQL'
run extract dump.xml --catalog sql.catalog --format ntriples
says out 'Highland_Kingdom> <.*sameAs> <http://www.wikidata.org/entity/Q8>' \
  'the items of page_props are found'
if command -v gzip > /dev/null; then
  gzip page_props.sql
  run catalog dump.xml -o gz.catalog --wikidata page_props.sql.gz --jobs 4
  check 0 'a compressed table is read'
  same sql.catalog gz.catalog 'any number of threads makes the same catalog'
fi

run extract dump.xml --catalog sql.catalog --category 'sieges of old' --format ntriples
check 0 'a category is read alone'
says out 'Siege_of_High_Rock'               'its conflicts are there'
lacks out 'Battle_of_Low_Ford'              'and no others'
run extract dump.xml --catalog sql.catalog --category 'No such'
check 1 'a category of no conflict is refused'

run extract dump.xml --wikidata items.tsv;  check 2 'items go with a catalog'
run extract dump.xml --shard 1/2 --catalog none.catalog
check 2 'shards want a catalog that is there'
run catalog dump.xml;                       check 2 'a catalog wants a name'
echo nonsense > bad.tsv
run catalog dump.xml -o x.catalog --wikidata bad.tsv
printf 'A\tQ1\nnonsense\n' > bad.tsv
run catalog dump.xml -o x.catalog --wikidata bad.tsv
check 1 'a strange table is refused'
says err "'bad.tsv', line 2"                'with its line'
[ ! -e x.catalog ] && [ ! -e x.catalog.new ]
report 'and no half of a catalog stays' $?
head -c 3000 sql.catalog > short.catalog
run extract dump.xml --catalog short.catalog; check 1 'a catalog cut short is refused'
run extract dump.xml --catalog dump.xml;    check 1 'another file is no catalog'
{ head -c 24 sql.catalog; head -c 40 /dev/zero; tail -c +65 sql.catalog; } > other.catalog
run extract dump.xml --catalog other.catalog; check 1 'a foreign byte order is refused'
crashed=
size=$(wc -c < sql.catalog)
for at in 64 70 90 130 200 300 "$((size - 200))" "$((size - 60))" "$((size - 8))"; do
  { head -c "$at" sql.catalog; printf '\377\377\377'
    tail -c "+$((at + 4))" sql.catalog; } > broken.catalog
  run extract dump.xml --catalog broken.catalog
  [ "$status" -lt 128 ] || crashed="$crashed $at"
done
[ -z "$crashed" ]
report "a broken catalog crashes nothing, wherever$crashed" $?
echo "1..$n"
