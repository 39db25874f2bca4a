import { Refusal } from '../../problem'
import type { ReturnedPack } from './pack'
import { poEnd } from './po'
import { joined, type ReturnedUnit, toReturnedPack } from './returned'

/** An entry of a PO file as it is read. */
interface Entry {
  readonly line: number
  readonly isFuzzy: boolean
  /** The hash in its comments of what the translation had for it. */
  readonly was: string | undefined
  /** Until when texts were set aside that its comments show. */
  readonly shown: string | undefined
  /** Keyword → the strings behind it, one a line. */
  readonly strings: Map<string, string[]>
}

/**
 * Reads a PO file (GNU gettext), strictly and without pofile: that takes endless time for a line of spaces, and takes half a file for a
 * whole one. A fuzzy entry counts as not translated, as in gettext; PO editors remove the mark from a finished text. Obsolete entries
 * (`#~`) and comments are skipped. Throws only a Refusal.
 */
export function readPo(text: string): ReturnedPack {
  const lines = text.split(/\r\n|\r|\n/)
  const control = lines.findIndex((line) => controls.test(line))
  if (control !== -1) throw new Refusal('pack.control', { line: control + 1 })
  const [first, ...entries] = entriesIn(lines)
  if (!first || first.strings.has('msgctxt') || stringOf(first, 'msgid') !== '') throw new Refusal('pack.po-header')
  const fields = fieldsOf(stringOf(first, 'msgstr'))
  refuseOtherEncodings(fields.get('content-type'))
  refuseParts(fields, entries.length, lines)
  const claims = {
    name: fields.get('x-vernacular-pack'),
    source: fields.get('x-source-language') || undefined,
    locale: fields.get('language'),
    sourceRevision: fields.get('x-source-revision'),
    revision: fields.get('x-revision'),
  }
  return { ...toReturnedPack(claims, entries.map(unitOf)), isDoneUnsaid: true }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is its purpose.
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/

function unitOf(entry: Entry): ReturnedUnit {
  const text = stringOf(entry, 'msgstr').replace(/\r\n?/g, '\n')
  const { line, isFuzzy, was, shown } = entry
  return { id: stringOf(entry, 'msgctxt'), target: text, line, said: isFuzzy ? 'unfinished' : 'done', was, shown }
}

const stringOf = ({ strings, line }: Entry, keyword: string) => joined(strings.get(keyword) ?? [], line)

/** The fields of a header, by their names in lower case. */
const fieldsOf = (header: string) =>
  new Map(
    header.split('\n').map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, Math.max(colon, 0)).trim().toLowerCase(), line.slice(colon + 1).trim()] as const
    }),
  )

function refuseOtherEncodings(contentType = ''): void {
  const [, charset = 'UTF-8'] = /charset=([^\s;]*)/i.exec(contentType) ?? []
  if (!/^(utf-?8|charset)?$/i.test(charset)) throw new Refusal('pack.charset', { charset: charset.slice(0, 40) })
}

/**
 * Refuses a part of a file whose header says how many entries it was exported with. Its end may be missing if a tool has written the file,
 * which has then dated it: some drop what is obsolete.
 */
function refuseParts(fields: ReadonlyMap<string, string>, here: number, lines: readonly string[]): void {
  const [stated] = /^\d{1,6}$/.exec(fields.get('x-vernacular-entries') ?? '') ?? []
  if (stated === undefined) return
  const there = Number(stated)
  if (here < there) throw new Refusal('pack.po-fewer', { here, there })
  const isOurs = (fields.get('po-revision-date') ?? '') === ''
  if (isOurs && !lines.some((line) => line.trim() === poEnd[1])) throw new Refusal('pack.po-end')
}

/** Keyword and string, or a string that continues the line before. */
const stringLine = /^(?:(msgctxt|msgid|msgstr)[ \t]*)?(?=")/

function entriesIn(lines: readonly string[]): readonly Entry[] {
  const entries: Entry[] = []
  let isFuzzy = false
  let [was, shown]: (string | undefined)[] = []
  let strings: string[] | undefined
  for (const [index, typed] of lines.entries()) {
    const line = typed.trim()
    if (line === '') continue
    if (line.startsWith('#')) {
      isFuzzy = !line.startsWith('#~') && (isFuzzy || isFuzzyMark(line))
      was = /^#\. Was: ([0-9a-f]+)$/.exec(line)?.[1] ?? was
      shown = /^#\. Aside: (\S+)$/.exec(line)?.[1] ?? shown
      continue
    }
    const match = stringLine.exec(line)
    if (!match) throw new Refusal('pack.po-line', { line: index + 1 })
    const [before, keyword] = match
    if (keyword !== undefined) {
      if (keyword !== 'msgstr' && entries.at(-1)?.strings.has('msgstr') !== false) {
        entries.push({ line: index + 1, isFuzzy, was, shown, strings: new Map() })
        isFuzzy = false
        was = undefined
        shown = undefined
      }
      strings = begun(entries.at(-1), keyword, index + 1)
    }
    if (!strings) throw new Refusal('pack.po-loose', { line: index + 1 })
    strings.push(unquoted(line.slice(before.length), index + 1))
  }
  const broken = entries.find(({ strings }) => !strings.has('msgid') || !strings.has('msgstr'))
  if (broken) throw new Refusal('pack.po-cut', { line: broken.line })
  return entries
}

const isFuzzyMark = (line: string) =>
  /^#,/.test(line) &&
  line
    .slice(2)
    .split(',')
    .some((flag) => flag.trim() === 'fuzzy')

function begun(entry: Entry | undefined, keyword: string, line: number): string[] {
  if (!entry || entry.strings.has(keyword)) throw new Refusal('pack.po-keyword', { line, keyword })
  const strings: string[] = []
  entry.strings.set(keyword, strings)
  return strings
}

/** The escapes of C. Any other escaped character is itself. */
const letters: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

/** A string in double quotes, as C writes it. */
function unquoted(quoted: string, line: number): string {
  const inner = quoted.slice(1, -1)
  if (quoted.length < 2 || !quoted.endsWith('"') || /["\\]/.test(inner.replace(/\\./gs, ''))) {
    throw new Refusal('pack.po-quotes', { line })
  }
  return inner.replace(/((?:\\(?:x[0-9a-f]{2}|[0-7]{1,3}))+)|\\(.)/gis, (_, numbers?: string, letter = '') =>
    numbers === undefined ? (letters[letter] ?? letter) : bytesIn(numbers, line),
  )
}

/** Bytes by their numbers, as `msgcat --escape` writes what is not ASCII: UTF-8, for the file is. */
function bytesIn(numbers: string, line: number): string {
  const bytes = numbers
    .slice(1)
    .split('\\')
    .map((code) => (/^x/i.test(code) ? Number.parseInt(code.slice(1), 16) : Number.parseInt(code, 8)))
  try {
    if (bytes.every((byte) => byte <= 0xff))
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes))
  } catch {
    // Not UTF-8: refused below.
  }
  throw new Refusal('pack.po-number', { line })
}
