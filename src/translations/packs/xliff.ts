import { attributes, escaped } from '../../language/xml'
import { adviceOn, type Code, type CodeType, type InlineUnit, type Runs, shown, splitCandidate, splitUnit } from './inline'
import { asideIn, asideUntil } from './offers'
import { memoryName, type Pack, type Unit } from './pack'
import { originalOf } from './returned'
import { state2 } from './states'

/** The version in the file. The elements are those of 2.0, and some tools refuse a file that says 2.1. */
export type XliffVersion = '2.0' | '2.1'

export const xliffNamespace = 'urn:oasis:names:tc:xliff:document:2.0'
export const metadataNamespace = 'urn:oasis:names:tc:xliff:metadata:2.0'
const matchesNamespace = 'urn:oasis:names:tc:xliff:matches:2.0'

/** A pack as XLIFF 2.1 or 2.0 (OASIS), with the modules for metadata and for translation candidates. */
export function writeXliff(pack: Pack, version: XliffVersion): string {
  const root = {
    xmlns: xliffNamespace,
    'xmlns:mda': metadataNamespace,
    'xmlns:mtc': matchesNamespace,
    version,
    srcLang: pack.source,
    trgLang: pack.locale,
  }
  const file = { id: pack.name, original: originalOf(pack), canResegment: 'no', 'xml:space': 'preserve' }
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<xliff${attributes(root)}>`,
    `  <file${attributes(file)}>`,
    `    ${metadata({ sourceRevision: String(pack.sourceRevision), revision: pack.revision?.toString() })}`,
    ...pack.units.flatMap((unit) => unitLines(unit, pack.isApproved)),
    '  </file>',
    '</xliff>',
    '',
  ].join('\n')
}

function metadata(values: Readonly<Record<string, string | undefined>>): string {
  const metas = Object.entries(values).map(([type, value]) =>
    value === undefined ? '' : `<mda:meta${attributes({ type })}>${escaped(value)}</mda:meta>`,
  )
  return `<mda:metadata><mda:metaGroup category="vernacular">${metas.join('')}</mda:metaGroup></mda:metadata>`
}

/** The id of a unit's one segment, which candidates refer to; codes are numbered. */
const segmentId = 's'

function unitLines(unit: Unit, isApproved: boolean): readonly string[] {
  const { target } = unit
  const inline = splitUnit(unit, target)
  const state = state2(unit, isApproved)
  return [
    `    <unit${attributes({ id: unit.id, name: unit.id })}>`,
    ...matches(unit, inline),
    `      ${metadata({ access: unit.access, hash: unit.hash, was: unit.was, aside: asideUntil(unit) })}`,
    ...notes(unit),
    ...originalData(inline, '      '),
    `      <segment${attributes({ id: segmentId, ...(state === undefined ? {} : { state }) })}>`,
    `        <source>${content(inline.source)}</source>`,
    ...(target === '' ? [] : [`        <target>${content(inline.target)}</target>`]),
    '      </segment>',
    '    </unit>',
  ]
}

function notes(unit: Unit): readonly string[] {
  const texts = {
    about: unit.note,
    advice: adviceOn(unit),
    'previous-source': unit.previous ?? '',
    'set-aside': asideIn(unit).join('\n'),
  }
  const lines = Object.entries(texts)
    .filter(([, text]) => text !== '')
    .map(([category, text]) => `        <note${attributes({ category })}>${escaped(text)}</note>`)
  return lines.length === 0 ? [] : ['      <notes>', ...lines, '      </notes>']
}

const originalData = ({ codes }: InlineUnit, indent: string) =>
  codes.length === 0
    ? []
    : [
        `${indent}<originalData>`,
        ...codes.map(({ id, text }) => `${indent}  <data id="d${id}">${escaped(text)}</data>`),
        `${indent}</originalData>`,
      ]

function matches({ kind, candidates = [] }: Unit, unit: InlineUnit): readonly string[] {
  const lines = candidates.flatMap((candidate) => {
    const inline = splitCandidate(kind, candidate, unit)
    const match = { ref: `#${segmentId}`, similarity: String(candidate.score), origin: memoryName }
    return [
      `        <mtc:match${attributes(match)}>`,
      ...originalData(inline, '          '),
      `          <source>${content(inline.source)}</source>`,
      `          <target>${content(inline.target)}</target>`,
      '        </mtc:match>',
    ]
  })
  return lines.length === 0 ? [] : ['      <mtc:matches>', ...lines, '      </mtc:matches>']
}

const content = (runs: Runs) => runs.map((run) => (typeof run === 'string' ? escaped(run) : placeholder(run))).join('')

/** Of the types that XLIFF 2 knows. */
const types: Readonly<Record<CodeType, string>> = {
  argument: 'other',
  break: 'fmt',
  code: 'fmt',
  emphasis: 'fmt',
  link: 'link',
  list: 'fmt',
}

const placeholder = (code: Code) =>
  `<ph${attributes({ id: String(code.id), type: types[code.type], dataRef: `d${code.id}`, equiv: shown(code), disp: shown(code) })}/>`
