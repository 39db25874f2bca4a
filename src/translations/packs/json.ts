import * as z from 'zod'
import { type FileProblem, fileBytesMax, isProblems, readAs, readTextAs, unfit } from '../../briefings/files'
import { Refusal } from '../../problem'
import { type LocaleFile, localeFileSchema } from '../translation'
import type { Pack, ReturnedPack, Unit, UnitState } from './pack'
import { toReturnedPack } from './returned'
import type { Said } from './states'

/** Reads a locale file, without the notes in it. Returns it or every problem in it. Never throws. */
export const readLocaleFile = (file: string, bytes: Uint8Array): LocaleFile | readonly FileProblem[] =>
  readAs(withoutNotes, file, bytes)

/** Reads a returned pack in JSON. Throws only a Refusal. */
export function readJsonPack(fileName: string, size: number, text: string): ReturnedPack {
  if (size > fileBytesMax) throw new Refusal('file.large', { most: fileBytesMax })
  const file = readTextAs(withoutNotes, '', text)
  if (isProblems(file)) throw unfit(file, problemsMost)
  return toReturned(file, fileName.replace(/^.*[/\\]/s, '').replace(/\.json$/i, ''))
}

/** The most problems of a file that are named at once. */
const problemsMost = 5

/** What begins the name of a note on the text below it, as in the English catalogs. */
const noteSign = '@'

/** A locale file whose notes are dropped unread: what a file says of the English is never believed. */
const withoutNotes = z.preprocess((file) => {
  if (!isRecord(file)) return file
  const { segments, ...facts } = unnoted(file)
  return isRecord(segments) ? { ...facts, segments: unnoted(segments) } : { ...facts, segments }
}, localeFileSchema)

type Fields = Readonly<Record<string, unknown>>

const unnoted = (record: Fields): Fields =>
  Object.fromEntries(Object.entries(record).filter(([key]) => !key.startsWith(noteSign)))

const isRecord = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What a locale file says of a translation beside its texts. */
export type LocaleFileFacts = Pick<LocaleFile, 'state' | 'provenance' | 'credits'>

/** A pack as a locale file, in the order of its units. Empty texts are not translated. Lists name the outdated and the proposed ones. */
export function localeFileOf(pack: Pack, { state, provenance, credits }: LocaleFileFacts): LocaleFile {
  const { locale, source, sourceRevision, revision, units } = pack
  const segments = Object.fromEntries(units.map(({ id, target }) => [id, target]))
  const inState = (state: UnitState) => units.filter((unit) => unit.state === state).map(({ id }) => id)
  const [outdated, proposed] = [inState('outdated'), inState('proposed')]
  return {
    locale,
    source,
    sourceRevision,
    ...(revision === undefined ? {} : { revision }),
    state,
    provenance,
    credits,
    ...(outdated.length === 0 ? {} : { outdated }),
    ...(proposed.length === 0 ? {} : { proposed }),
    segments,
  }
}

/** A locale file written in JSON (RFC 8259), its texts last. */
export const localeFileText = ({ segments, ...facts }: { readonly segments: LocaleFile['segments'] }): string =>
  `${JSON.stringify({ ...facts, segments }, undefined, 2)}\n`

/**
 * A locale file for a translator. Before each text stands its English, that of before if it has changed, and the terms of the glossary in
 * it.
 */
export function withNotes(file: LocaleFile, { units }: Pack): LocaleFile {
  const noted = ({ id, source, previous, glossary }: Unit) => [
    ...(previous === undefined ? [] : [[`${noteSign}${id}, before`, previous] as const]),
    ...(glossary === undefined ? [] : [[`${noteSign}${id}, glossary`, glossary] as const]),
    [`${noteSign}${id}`, source] as const,
    [id, file.segments[id] ?? ''] as const,
  ]
  return { ...file, segments: Object.fromEntries(units.flatMap(noted)) }
}

/** A locale file as a returned pack. Only the name of the file says which briefing it translates. */
export function toReturned(file: LocaleFile, name: string): ReturnedPack {
  const { segments, sourceRevision, revision, outdated = [], proposed = [], ...claims } = file
  const units = Object.entries(segments).map(([id, target]) => {
    const said: Said = proposed.includes(id) ? 'unfinished' : outdated.includes(id) ? 'nothing' : 'done'
    return { id, target, line: 1, said }
  })
  const claimed = { ...claims, name, sourceRevision: String(sourceRevision), revision: revision?.toString() }
  const pack = toReturnedPack(claimed, units)
  return file.accepted ? { ...pack, accepted: file.accepted } : pack
}
