import { type FileProblem, readAs } from '../../briefings/files'
import { type LocaleFile, localeFileSchema } from '../translation'
import type { Pack, ReturnedPack, UnitState } from './pack'
import { toReturnedPack } from './returned'

/** Reads a locale file. Returns it or every problem in it. Never throws. */
export const readLocaleFile = (file: string, bytes: Uint8Array): LocaleFile | readonly FileProblem[] =>
  readAs(localeFileSchema, file, bytes)

/** What a locale file says of a translation beside its texts. */
export type LocaleFileFacts = Pick<LocaleFile, 'state' | 'provenance' | 'credits'>

/** A pack as a locale file, in the order of its units. Empty texts are not translated. Lists name the outdated and the proposed ones. */
export function localeFileOf(pack: Pack, { state, provenance, credits }: LocaleFileFacts): LocaleFile {
  const { locale, source, sourceRevision, units } = pack
  const segments = Object.fromEntries(units.map(({ id, target }) => [id, target]))
  const inState = (state: UnitState) => units.filter((unit) => unit.state === state).map(({ id }) => id)
  const [outdated, proposed] = [inState('outdated'), inState('proposed')]
  return {
    locale,
    source,
    sourceRevision,
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

/** A locale file as a returned pack. Only the name of the file says which briefing it translates. */
export function toReturned(file: LocaleFile, name: string): ReturnedPack {
  const { segments, sourceRevision, outdated = [], proposed = [], ...claims } = file
  const units = Object.entries(segments).map(([id, target]) => {
    const isUnfinished = proposed.includes(id)
    return { id, target, line: 1, isUnfinished, isDone: !isUnfinished && !outdated.includes(id) }
  })
  const pack = toReturnedPack({ ...claims, name, sourceRevision: String(sourceRevision) }, units)
  return file.accepted ? { ...pack, accepted: file.accepted } : pack
}
