import { attributes, escaped } from '../../language/xml'
import { adviceOn, type Code, type CodeType, type InlineUnit, type Runs, splitCandidate, splitUnit } from './inline'
import { asideIn, asideUntil } from './offers'
import { memoryName, type Pack, type Unit } from './pack'
import { originalOf } from './returned'
import { state12 } from './states'

export const xliff12Namespace = 'urn:oasis:names:tc:xliff:document:1.2'

/**
 * A pack as XLIFF 1.2 (OASIS, strict schema). The revisions travel in `original`. The hashes of the English and of what the translation
 * has for it travel in `extradata`, and until when other texts were set aside beside that.
 */
export function writeXliff12(pack: Pack): string {
  const file = {
    original: originalOf(pack),
    'source-language': pack.source,
    'target-language': pack.locale,
    datatype: 'plaintext',
    'xml:space': 'preserve',
  }
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<xliff${attributes({ version: '1.2', xmlns: xliff12Namespace })}>`,
    `  <file${attributes(file)}>`,
    '    <header>',
    '      <tool tool-id="vernacular" tool-name="Vernacular"/>',
    '    </header>',
    '    <body>',
    ...pack.units.flatMap((unit) => unitLines(unit, pack.isApproved)),
    '    </body>',
    '  </file>',
    '</xliff>',
    '',
  ].join('\n')
}

function unitLines(unit: Unit, isApproved: boolean): readonly string[] {
  const inline = splitUnit(unit, unit.target)
  const state = state12(unit, isApproved)
  const until = asideUntil(unit)
  const known = [unit.hash, unit.was && `was=${unit.was}`, until && `aside=${until}`].filter((each) => each !== undefined)
  const extradata = known.length === 0 ? {} : { extradata: known.join(' ') }
  const approved = isApproved && unit.state === 'current' ? 'yes' : 'no'
  return [
    `      <trans-unit${attributes({ id: unit.id, resname: unit.id, approved, 'xml:space': 'preserve', ...extradata })}>`,
    `        <source>${content(inline.source)}</source>`,
    `        <target${attributes(state === undefined ? {} : { state })}>${content(inline.target)}</target>`,
    ...notes(unit),
    ...alternatives(unit, inline),
    '      </trans-unit>',
  ]
}

function alternatives({ kind, candidates = [] }: Unit, unit: InlineUnit): readonly string[] {
  return candidates.flatMap((candidate) => {
    const { source, target } = splitCandidate(kind, candidate, unit)
    const match = { 'match-quality': `${candidate.score}%`, origin: memoryName, 'xml:space': 'preserve' }
    return [
      `        <alt-trans${attributes(match)}>`,
      `          <source>${content(source)}</source>`,
      `          <target>${content(target)}</target>`,
      '        </alt-trans>',
    ]
  })
}

function notes(unit: Unit): readonly string[] {
  const previous = unit.previous === undefined ? '' : `The English has changed. It was: ${unit.previous}`
  return [unit.note, adviceOn(unit), `Access: ${unit.access}`, previous, asideIn(unit).join('\n')]
    .filter((text) => text !== '')
    .map((text) => `        <note from="vernacular">${escaped(text)}</note>`)
}

const content = (runs: Runs) => runs.map((run) => (typeof run === 'string' ? escaped(run) : placeholder(run))).join('')

/** Of the types that XLIFF 1.2 knows, or of our own. */
const types: Readonly<Record<CodeType, string>> = {
  argument: 'x-argument',
  break: 'lb',
  code: 'x-code',
  emphasis: 'x-emphasis',
  link: 'x-link',
  list: 'x-list',
}

const placeholder = ({ id, type, text }: Code) => `<x${attributes({ id: String(id), ctype: types[type], 'equiv-text': text })}/>`
