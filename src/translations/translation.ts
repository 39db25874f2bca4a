import * as z from 'zod'
import { passageMax } from '../briefings/briefing'
import type { Locale } from '../language/locale'
import type { Work } from '../language/resolution'
import { complain } from '../language/schema'
import { flawIn } from '../language/text'
import { acceptedSchema } from './checks/accepted'
import { type Provenance, provenances, type TranslationState, translationStates } from './vocabulary'

/** A segment's text in the target language, and the hash of the English that its translator saw. */
export interface TranslatedSegment {
  readonly text: string
  readonly seen: string
  /** The machine that drafted the text, until a person takes it over. */
  readonly machine?: string
  /** Who confirmed, without changing the text, that it is right for the English with the hash `seen`. */
  readonly confirmed?: { readonly by: string; readonly at: string }
}

/** A translation of a briefing into one locale, in its present state. */
export interface Translation {
  readonly locale: Locale
  readonly state: TranslationState
  readonly provenance: Provenance
  readonly credits: readonly string[]
  readonly segments: Readonly<Record<string, TranslatedSegment>>
}

/**
 * The text of a segment, or an empty one if it is not translated. A machine's draft within a person's translation is only a proposal: it
 * counts as not translated until a person takes it over.
 */
export function textOf(translation: Pick<Translation, 'provenance' | 'segments'> | undefined, id: string): string {
  const segment = translation?.segments[id]
  if (!segment || (segment.machine !== undefined && translation?.provenance === 'human')) return ''
  return segment.text.trim() === '' ? '' : segment.text
}

/** The state of a translation after somebody worked on it. What was approved stays with readers, and the work on it is a draft. */
export const stateOfWork = (before: Pick<Translation, 'state'> | undefined): TranslationState =>
  before === undefined || before.state === 'approved' ? 'draft' : before.state

/** Whether a translation may be printed: it is approved and has at least one text that is not empty. */
export const isPrintable = (translation: Translation) =>
  translation.state === 'approved' && Object.keys(translation.segments).some((id) => textOf(translation, id) !== '')

/** What readers learn of a translation without an edition. A machine's draft that nobody works on does not count as under way. */
export function workOn(translation: Translation | undefined): Work {
  if (!translation || (translation.state === 'draft' && translation.provenance === 'machine')) return 'none'
  if (translation.state === 'withdrawn') return 'withdrawn'
  return isPrintable(translation) ? 'none' : 'under-way'
}

/** Whether a revision after `before` changes anything for readers: what they read, or what they are told of the translation. */
export function changesForReaders(
  before: (Translation & { readonly published: number | undefined }) | undefined,
  after: Translation,
): boolean {
  if (after.state === 'approved') return true
  if (before?.published !== undefined) return after.state === 'withdrawn'
  return workOn(before) !== workOn(after)
}

/** Whether a revision gives readers a translation, takes it from them, or lets them no longer be told that it was taken. */
export const isPublication = (before: Pick<Translation, 'state'> | undefined, after: Pick<Translation, 'state'>): boolean =>
  after.state === 'approved' || (after.state === 'withdrawn') !== (before?.state === 'withdrawn')

/**
 * Whether publishing the newest revision would give readers anything that they do not have. What was withdrawn does not wait for that,
 * nor does a machine's draft that nobody works on.
 */
export function isWaiting(newest: Translation, approved: Translation | undefined): boolean {
  if (newest.state === 'approved' || newest.state === 'withdrawn') return false
  if (!approved && workOn(newest) === 'none') return false
  const texts = shownOf(newest)
  const isOther =
    !approved ||
    JSON.stringify([newest.provenance, newest.credits, texts]) !==
      JSON.stringify([approved.provenance, approved.credits, shownOf(approved)])
  return texts.length > 0 && isOther
}

/** The texts that readers get of a translation once it is published. */
const shownOf = (translation: Translation) =>
  Object.entries(translation.segments)
    .filter(([id]) => textOf(translation, id) !== '')
    .map(([id, { text, seen, machine }]) => [id, text, seen, machine] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1))

const text = z
  .string()
  .max(passageMax)
  .normalize('NFC')
  .superRefine((value, context) => {
    const flaw = flawIn(value)
    if (flaw) complain(context, flaw)
  })

/** A locale file: `locales/<tag>/briefings/<slug>.json`. It has no English, because the English in a file is not trusted. */
export const localeFileSchema = z.strictObject({
  locale: z.string().max(35),
  source: z.string().max(35),
  sourceRevision: z.int().min(1),
  /** The revision of the translation that it was made from; 0: there was none. Exports have it. */
  revision: z.int().min(0).optional(),
  state: z.enum(translationStates),
  provenance: z.enum(provenances),
  credits: z.array(text).max(20),
  segments: z.record(z.string().max(200), text),
  /** Segments whose text was made from earlier English than that of `sourceRevision`. Exports list them. */
  outdated: z.array(z.string().max(200)).max(1000).optional(),
  /** Segments whose text is only a proposal of the memory or a machine. Exports list them. They count as not translated. */
  proposed: z.array(z.string().max(200)).max(1000).optional(),
  /** Segments whose text waits for a decision, because another was set aside. Files for translators list them. */
  undecided: z.array(z.string().max(200)).max(1000).optional(),
  accepted: acceptedSchema.optional(),
})

export type LocaleFile = z.infer<typeof localeFileSchema>

/** The translation of a file. Each segment keeps the hash of the English of the revision that the file was made from. */
export function translationOf(file: LocaleFile, hashes: Readonly<Record<string, string>>): Translation {
  const { locale, state, provenance, credits, proposed = [] } = file
  const done = Object.entries(file.segments).filter(([id, text]) => text.trim() !== '' && !proposed.includes(id))
  const seen = (id: string) => (file.outdated?.includes(id) ? '' : (hashes[id] ?? ''))
  const segments = Object.fromEntries(done.map(([id, text]) => [id, { text, seen: seen(id) }]))
  return { locale, state, provenance, credits, segments }
}
