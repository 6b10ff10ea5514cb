// peer_wtf.mjs DUMP.xml.bz2 FOLDER [DECOMPRESSOR...]: what a script on npm's
// wtf_wikipedia does.
//
// Reads a MediaWiki dump and the articles that have the infobox of a battle.
// Writes a line of JSON a battle, its title and what infoboxes() says, to
// standard output, and how many pages and battles there were to standard error.
//
// FOLDER is where `npm install --prefix FOLDER wtf_wikipedia` was. DECOMPRESSOR
// is a program and its arguments, `bzip2 -dc` if none: a process beside this one
// is faster than any decoder in it. Pages are cut out of the bytes by their tags,
// and only those of battles become strings in full, which no SAX parser equals.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'

const templates = new URL('../../data/languages/en/templates.tsv', import.meta.url)

// The infobox and its aliases: three columns; a fourth restricts them.
function readNames(path) {
  return readFileSync(path, 'utf8')
    .split('\n')
    .map((line) => line.split('\t'))
    .filter((row) => row.slice(1).join('\t') === 'infobox\tInfobox military conflict')
    .map((row) => row[0])
}

// A pattern that finds where one of the templates opens, in text as XML has it.
function openingOf(names) {
  const anyName = names
    .map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ /g, '[\\s_]+'))
    .join('|')
  return new RegExp(`\\{\\{[\\s_]*(?:${anyName})[\\s_]*(?:\\||\\}|&lt;!--)`, 'i')
}

const entities = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }

function unescape(xml) {
  return xml.replace(/&(?:(lt|gt|quot|apos|amp)|#(\d+)|#x([\da-f]+));/gi, (_, name, decimal, hex) =>
    name ? entities[name] : String.fromCodePoint(decimal ? Number(decimal) : parseInt(hex, 16)))
}

// What the first element of that name holds; '' where there is none.
function elementOf(page, name) {
  const match = new RegExp(`<${name}(?:\\s[^>]*[^/])?>([^<]*)<`).exec(page)
  return match ? unescape(match[1]) : ''
}

// The bytes of each page, from a stream of chunks.
async function* readPages(stream) {
  let rest = Buffer.alloc(0)
  for await (const chunk of stream) {
    rest = rest.length ? Buffer.concat([rest, chunk]) : chunk
    let at = 0
    for (;;) {
      const start = rest.indexOf('<page>', at)
      const end = start < 0 ? -1 : rest.indexOf('</page>', start)
      if (end < 0) break
      yield rest.subarray(start, end)
      at = end + '</page>'.length
    }
    rest = rest.subarray(at)
  }
}

const [dump, folder, ...decompressor] = process.argv.slice(2)
if (!folder) {
  console.error('usage: peer_wtf.mjs DUMP.xml.bz2 FOLDER [DECOMPRESSOR...]')
  process.exit(2)
}
const wtf = createRequire(resolve(folder) + '/')('wtf_wikipedia')
const opening = openingOf(readNames(templates))
const [command, ...options] = decompressor.length ? decompressor : ['bzip2', '-dc']
const child = spawn(command, [...options, dump], { stdio: ['ignore', 'pipe', 'inherit'] })
const closed = once(child, 'close')
let pages = 0
let battles = 0
for await (const bytes of readPages(child.stdout)) {
  // One byte a character is fast, and right for tags and the templates' names.
  const ascii = bytes.latin1Slice()
  if (!/<ns>0</.test(ascii)) continue
  pages++
  if (!opening.test(ascii)) continue
  const page = bytes.toString('utf8')
  const title = elementOf(page, 'title')
  const infoboxes = wtf(elementOf(page, 'text'), { title }).infoboxes()
  if (infoboxes.length === 0) continue
  battles++
  const line = JSON.stringify({ title, infoboxes: infoboxes.map((infobox) => infobox.json()) })
  if (!process.stdout.write(line + '\n')) await once(process.stdout, 'drain')
}
const [status] = await closed
if (status !== 0) {
  console.error(`${command} failed`)
  process.exit(3)
}
console.error(`${pages} pages, ${battles} battles`)
