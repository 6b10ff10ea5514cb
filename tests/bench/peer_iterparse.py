#!/usr/bin/python3
"""peer_iterparse.py DUMP.xml.bz2: what a script of Python's own parts does.

Reads a MediaWiki dump with bz2 and ElementTree's iterparse, and the articles
that have the infobox of a battle with mwparserfromhell. Writes a line of JSON a
battle, its title and the infobox's parameters, to standard output, and how many
pages and battles there were to standard error.

What names the infobox has is read from data/languages/en/templates.tsv, as the
program does. The Debian package is python3-mwparserfromhell.
"""

import bz2
import json
import os
import re
import sys
from xml.etree import ElementTree

import mwparserfromhell

TEMPLATES = os.path.join(
    os.path.dirname(os.path.abspath(__file__)),
    "../../data/languages/en/templates.tsv",
)


def same_name(name):
    """MediaWiki's spaces are any number of spaces and underscores."""
    return re.sub(r"[\s_]+", " ", name).strip().lower()


def read_names(path):
    """The infobox and its aliases: three columns; a fourth restricts them."""
    with open(path, encoding="utf-8") as table:
        rows = [line.rstrip("\n").split("\t") for line in table]
    return {
        same_name(row[0])
        for row in rows
        if row[1:] == ["infobox", "Infobox military conflict"]
    }


def opening_of(names):
    """A pattern that finds where one of the templates opens."""
    any_name = "|".join(re.escape(name).replace(r"\ ", r"[\s_]+") for name in names)
    return re.compile(r"\{\{[\s_]*(?:%s)[\s_]*(?:\||\}|<!--)" % any_name, re.IGNORECASE)


def read_pages(dump):
    """Title and text of each article, whichever export version's namespace."""
    events = ElementTree.iterparse(dump, events=("start", "end"))
    _, root = next(events)
    namespace = root.tag[: root.tag.find("}") + 1]
    page, ns, title, text = (namespace + tag for tag in ("page", "ns", "title", "text"))
    for event, element in events:
        if event == "end" and element.tag == page:
            if element.findtext(ns, "0") == "0":
                texts = element.iter(text)
                yield element.findtext(title), next(texts).text or ""
            root.clear()  # else every page read leaves an empty element


def read_infobox(text, names):
    """The parameters of the first of the templates, None where there is none."""
    # Bold and italics do not matter here, and it is faster without.
    code = mwparserfromhell.parse(text, skip_style_tags=True)
    for template in code.ifilter_templates():
        if same_name(str(template.name.strip_code())) in names:
            return {
                str(parameter.name).strip(): str(parameter.value).strip()
                for parameter in template.params
            }
    return None


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__.partition("\n")[0])
    names = read_names(TEMPLATES)
    opening = opening_of(names)
    pages = battles = 0
    with bz2.open(sys.argv[1], "rb") as dump:
        for title, text in read_pages(dump):
            pages += 1
            if not opening.search(text):
                continue
            infobox = read_infobox(text, names)
            if infobox is None:
                continue
            battles += 1
            print(json.dumps({"title": title, "infobox": infobox}, ensure_ascii=False))
    print(f"{pages} pages, {battles} battles", file=sys.stderr)


if __name__ == "__main__":
    main()
