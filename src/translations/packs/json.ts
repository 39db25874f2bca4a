import * as z from 'zod'
import { type FileProblem, fileBytesMax, isProblems, readAs, readTextAs, unfit } from '../../briefings/files'
import { Refusal } from '../../problem'
import { type LocaleFile, localeFileSchema } from '../translation'
import type { AsideText, Pack, ReturnedPack, Unit, UnitState } from './pack'
import { isInstant, toReturnedPack } from './returned'
import type { Said } from './states'

/** Reads a locale file, without the notes in it. Returns it or every problem in it. Never throws. */
export const readLocaleFile = (file: string, bytes: Uint8Array): LocaleFile | readonly FileProblem[] =>
  readAs(withoutNotes, file, bytes)

/** Reads a returned pack in JSON. Throws only a Refusal. */
export function readJsonPack(fileName: string, size: number, text: string): ReturnedPack {
  if (size > fileBytesMax) throw new Refusal('file.large', { most: fileBytesMax })
  const file = readTextAs(withoutNotes, '', text)
  if (isProblems(file)) throw unfit(file, problemsMost)
  const shown = shownIn(JSON.parse(text))
  return {
    ...toReturned(file, fileName.replace(/^.*[/\\]/s, '').replace(/\.json$/i, '')),
    ...(shown.size === 0 ? {} : { shown }),
  }
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

/** Until when texts were set aside that the notes of a file show, by segment. */
function shownIn(file: unknown): ReadonlyMap<string, string> {
  const segments = isRecord(file) && isRecord(file['segments']) ? file['segments'] : {}
  return new Map(
    Object.entries(segments).flatMap(([key, note]) => {
      const until = Array.isArray(note)
        ? note.flatMap((each) => (isRecord(each) && isInstant(each['at']) ? [each['at']] : []))
        : []
      const id = key.startsWith(noteSign) && key.endsWith(asideSign) ? key.slice(noteSign.length, -asideSign.length) : ''
      return id === '' || until.length === 0 ? [] : [[id, until.sort().at(-1) ?? ''] as const]
    }),
  )
}

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

/** A locale file with notes among its texts. */
type NotedFile = Omit<LocaleFile, 'segments'> & { readonly segments: Readonly<Record<string, string | readonly AsideText[]>> }

/** What ends the name of a note that has the texts set aside. */
const asideSign = ', set aside'

/** A locale file written in JSON (RFC 8259), its texts last. */
export const localeFileText = ({ segments, ...facts }: Pick<NotedFile, 'segments'>): string =>
  `${JSON.stringify({ ...facts, segments }, undefined, 2)}\n`

/**
 * A locale file for a translator. Before each text stands its English, that of before if it has changed, the terms of the glossary in it,
 * and what was set aside beside it. A list names the texts that wait for a decision for that alone.
 */
export function withNotes(file: LocaleFile, { units }: Pack): NotedFile {
  const noted = ({ id, source, previous, glossary, aside }: Unit) => [
    ...(aside === undefined ? [] : [[`${noteSign}${id}${asideSign}`, aside] as const]),
    ...(previous === undefined ? [] : [[`${noteSign}${id}, before`, previous] as const]),
    ...(glossary === undefined ? [] : [[`${noteSign}${id}, glossary`, glossary] as const]),
    [`${noteSign}${id}`, source] as const,
    [id, file.segments[id] ?? ''] as const,
  ]
  const undecided = units.filter(({ state }) => state === 'undecided').map(({ id }) => id)
  return { ...file, ...(undecided.length === 0 ? {} : { undecided }), segments: Object.fromEntries(units.flatMap(noted)) }
}

/** A locale file as a returned pack. Only the name of the file says which briefing it translates. */
export function toReturned(file: LocaleFile, name: string): ReturnedPack {
  const { segments, sourceRevision, revision, outdated = [], proposed = [], undecided = [], ...claims } = file
  const [drafted, open] = [new Set(proposed), new Set([...outdated, ...undecided])]
  const units = Object.entries(segments).map(([id, target]) => {
    const said: Said = drafted.has(id) ? 'unfinished' : open.has(id) ? 'nothing' : 'done'
    return { id, target, line: 1, said }
  })
  const claimed = { ...claims, name, sourceRevision: String(sourceRevision), revision: revision?.toString() }
  const pack = toReturnedPack(claimed, units)
  return file.accepted ? { ...pack, accepted: file.accepted } : pack
}
