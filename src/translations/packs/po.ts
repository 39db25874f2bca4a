import PO from 'pofile'
import { adviceOn, split } from './inline'
import { asideIn, asideUntil, inOneLine, offersFor } from './offers'
import type { Pack, Unit } from './pack'

/**
 * A pack as a PO file (GNU gettext). The segment's id is the context. Outdated texts are fuzzy, with their previous English. Proposed
 * texts are fuzzy too. Candidates are comments. The header says how many entries there are, so that a part of a file is not taken for all.
 */
export function writePo(pack: Pack): string {
  return `${[header(pack), ...pack.units.map(entry), poEnd.join('\n')].join('\n\n')}\n`
}

/** The end of a PO file: an obsolete entry, which tools keep behind all others and show to nobody. */
export const poEnd = ['#~ msgid "End of the file"', '#~ msgstr "End of the file"'] as const

/** Without Plural-Forms: a message with plural forms is one ICU message, in one entry. */
function header({ name, source, locale, sourceRevision, revision, units }: Pack): string {
  const fields = {
    'Project-Id-Version': 'Vernacular',
    'PO-Revision-Date': '',
    'Last-Translator': '',
    'Language-Team': '',
    Language: locale.replaceAll('-', '_'),
    'MIME-Version': '1.0',
    'Content-Type': 'text/plain; charset=UTF-8',
    'Content-Transfer-Encoding': '8bit',
    'X-Source-Language': source,
    'X-Source-Revision': String(sourceRevision),
    ...(revision === undefined ? {} : { 'X-Revision': String(revision) }),
    'X-Vernacular-Entries': String(units.length),
    'X-Vernacular-Pack': name, // The last: a file that is cut before it has no name.
  }
  const lines = Object.entries(fields).map(([field, value]) => `"${field}: ${value}\\n"`)
  return ['msgid ""', 'msgstr ""', ...lines].join('\n')
}

function entry(unit: Unit): string {
  const item = new PO.Item()
  item.msgctxt = unit.id
  item.msgid = unit.source
  item.msgstr = [unit.target]
  item.extractedComments = commentsOn(unit)
  item.flags = { fuzzy: unit.state !== 'current' && unit.target !== '', 'python-brace-format': hasOnlyNames(unit) }
  const lines = item.toString().split('\n')
  const at = lines.findIndex((line) => line.startsWith('msgctxt '))
  return [...lines.slice(0, at), ...previousLines(unit), ...lines.slice(at)].join('\n')
}

function commentsOn(unit: Unit): string[] {
  const { note, access, was, candidates } = unit
  const until = asideUntil(unit)
  const marks = [was === undefined ? '' : `Was: ${was}`, until === undefined ? '' : `Aside: ${until}`]
  return [note, adviceOn(unit), `Access: ${access}`, ...offersFor(candidates), ...asideIn(unit).map(inOneLine), ...marks]
    .flatMap((text) => text.split('\n'))
    .filter((line) => line.trim() !== '')
}

/** Whether all arguments of a message are names in braces. Tools such as msgfmt and Poedit compare those themselves. */
function hasOnlyNames({ kind, source }: Unit): boolean {
  const runs = kind === 'message' ? split(kind, source) : []
  return (
    runs.some((run) => typeof run !== 'string') &&
    runs.every((run) => (typeof run === 'string' ? !/[{}]/.test(run) : /^\{[a-z]\w*\}$/i.test(run.text)))
  )
}

/** The previous English as gettext writes it (`#|`), which pofile does not. */
function previousLines({ previous }: Unit): readonly string[] {
  if (previous === undefined) return []
  const item = new PO.Item()
  item.msgid = previous
  const lines = item.toString().split('\n')
  return lines
    .slice(
      0,
      lines.findIndex((line) => line.startsWith('msgstr ')),
    )
    .map((line) => `#| ${line}`)
}
