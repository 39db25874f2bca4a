import { type FileProblem, isProblems, problemsOf, readJson } from '../../briefings/files'
import { type LocaleFile, localeFileSchema } from '../translation'
import type { Pack, ReturnedPack } from './pack'
import { toReturnedPack } from './returned'

/** Reads a locale file. Returns it or every problem found in it; never throws. */
export function readLocaleFile(file: string, bytes: Uint8Array): LocaleFile | readonly FileProblem[] {
  const json = readJson(file, bytes)
  if (isProblems(json)) return json
  const parsed = localeFileSchema.safeParse(json.value)
  return parsed.success ? parsed.data : problemsOf(file, parsed.error)
}

/** What a locale file says of a translation beside its texts. */
export type LocaleFileFacts = Pick<LocaleFile, 'state' | 'provenance' | 'credits'>

/** A pack as a locale file in JSON (RFC 8259), in the order of its units; an empty text is not translated, one under `outdated` is stale. */
export function writeLocaleFile(pack: Pack, { state, provenance, credits }: LocaleFileFacts): string {
  const { locale, source, sourceRevision, units } = pack
  const segments = Object.fromEntries(units.map(({ id, target }) => [id, target]))
  const outdated = units.filter((unit) => unit.state === 'outdated').map(({ id }) => id)
  const file: LocaleFile = {
    locale,
    source,
    sourceRevision,
    state,
    provenance,
    credits,
    ...(outdated.length === 0 ? {} : { outdated }),
    segments,
  }
  return `${JSON.stringify(file, undefined, 2)}\n`
}

/** A locale file as a pack that came back. It does not say what it translates: the name of the file does. */
export function toReturned({ segments, sourceRevision, ...claims }: LocaleFile, name: string): ReturnedPack {
  const units = Object.entries(segments).map(([id, target]) => ({ id, target, line: 1 }))
  return toReturnedPack({ ...claims, name, sourceRevision: String(sourceRevision) }, units)
}
