#!/bin/sh
# make-dump.sh COPIES: a MediaWiki dump of the sample articles on standard output,
# each so many times, under titles with numbers.
copies=$1
cd "$top_srcdir/data/articles" || exit 1
echo '<mediawiki version="0.11" xml:lang="en">'
echo '<siteinfo><base>https://en.wikipedia.org/wiki/Main_Page</base></siteinfo>'
i=0
while [ "$i" -lt "$copies" ]; do
  i=$((i + 1))
  for article in *.wiki; do
    title=$(basename "$article" .wiki | tr _ ' ')
    printf '  <page>\n    <title>%s %s</title>\n    <ns>0</ns>\n    <id>%s</id>\n' \
      "$title" "$i" "$i"
    printf '    <revision>\n      <id>%s</id>\n      <text xml:space="preserve">' "$i"
    sed 's/&/\&amp;/g; s/</\&lt;/g; s/>/\&gt;/g' "$article"
    printf '</text>\n    </revision>\n  </page>\n'
  done
done
echo '</mediawiki>'
