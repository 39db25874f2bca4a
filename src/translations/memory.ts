import { hashOf } from '../briefings/hash'
import type { Earlier } from '../briefings/revisions'
import { likenessOf } from './likeness'
import type { Candidate, Pack, Unit } from './packs/pack'
import { type TranslatedSegment, type Translation, textOf } from './translation'

/** An English text that was translated and approved, with its hash (`hashOf`) and its translation. */
export interface Remembered {
  readonly hash: string
  readonly source: string
  readonly target: string
}

/** How alike English must be for its translation to be offered, in percent, and the most offers for a text. */
const candidateMin = 70
const candidatesMax = 3

/**
 * What the memory learns from a saved translation: each segment that is newly approved, if a person wrote or read it and its English is
 * known. If the English and its translation have the same number of paragraphs, each paragraph too. `english` is called only if there is
 * something to learn.
 */
export async function lessonsOf(
  translation: Translation,
  before: Translation | undefined,
  english: () => Earlier | Promise<Earlier>,
): Promise<readonly Remembered[]> {
  const known = approvedIn(before)
  const news = [...approvedIn(translation)].filter(([id, { text, seen }]) => {
    const same = known.get(id)
    return same?.text !== text || same.seen !== seen
  })
  if (news.length === 0) return []
  const englishThen = await english()
  const lessons = await Promise.all(
    news.map(async ([id, { text: target, seen: hash }]) => {
      const source = englishThen(id, hash)?.text
      return source === undefined ? [] : [...(await paragraphLessons(source, target)), { hash, source, target }]
    }),
  )
  return lessons.flat()
}

/**
 * The segments that a person has approved: those of an approved translation (`textOf`), with a machine's drafts only if a person reviewed
 * the whole. None of a translation that is only a machine's.
 */
function approvedIn(translation: Translation | undefined): ReadonlyMap<string, TranslatedSegment> {
  if (translation?.state !== 'approved' || translation.provenance === 'machine') return new Map()
  return new Map(Object.entries(translation.segments).filter(([id]) => textOf(translation, id) !== ''))
}

async function paragraphLessons(source: string, target: string): Promise<readonly Remembered[]> {
  const [paragraphs, translated] = [paragraphsOf(source), paragraphsOf(target)]
  if (paragraphs.length < 2 || paragraphs.length !== translated.length) return []
  return await Promise.all(
    paragraphs.map(async (each, index) => ({ hash: await hashOf(each), source: each, target: translated[index] ?? '' })),
  )
}

/** A text cut at its empty lines: paragraphs at even indexes, the gaps between them at odd ones. Joined, they are the text. */
const cut = (text: string): readonly string[] => text.split(/(\n(?:[ \t]*\n)+)/)
const isParagraph = (piece: string, index: number) => index % 2 === 0 && piece.trim() !== ''

/** The paragraphs of a text, in order. */
export const paragraphsOf = (text: string): readonly string[] => cut(text).filter(isParagraph)

/** The translation of a text that is known as a whole, or paragraph by paragraph. `known` gives the translation of a text. */
export function exactFor(text: string, known: (text: string) => string | undefined): string | undefined {
  const whole = known(text)
  if (whole !== undefined) return whole
  const pieces = cut(text).map((piece, index) => (isParagraph(piece, index) ? known(piece) : piece))
  return pieces.includes(undefined) ? undefined : pieces.join('')
}

/**
 * What to offer for a text that is not known exactly, the most alike first: translations of similar English, and the known ones of its
 * own paragraphs, joined.
 */
export function candidatesFor(
  text: string,
  known: (text: string) => string | undefined,
  found: readonly Pick<Remembered, 'source' | 'target'>[],
): readonly Candidate[] {
  const kept = paragraphsOf(text).filter((each) => known(each) !== undefined)
  const pieces = { source: kept.join('\n\n'), target: kept.map(known).join('\n\n') }
  const scored = (kept.length === 0 ? found : [pieces, ...found])
    .map(({ source, target }) => ({ source, target, score: likenessOf(source, text, candidateMin) }))
    .filter(({ score }) => score >= candidateMin)
    .sort((one, other) => other.score - one.score)
  const targets = scored.map(({ target }) => target)
  return scored.filter(({ target }, index) => targets.indexOf(target) === index).slice(0, candidatesMax)
}

/** The English of the units of a pack that need work. */
export const textsToRecall = ({ units }: Pack) => units.filter(({ state }) => state !== 'current').map(({ source }) => source)

/** A pack with what the memory has for it. `recalled` gives what it has for an English text, exact or close. */
export const withMemory = (pack: Pack, recalled: ReadonlyMap<string, readonly Candidate[]>): Pack => ({
  ...pack,
  units: pack.units.map((unit) => (unit.state === 'current' ? unit : reminded(unit, recalled.get(unit.source) ?? []))),
})

/** An exact match replaces a missing text, or one that is only a machine's. A person's text stays. */
function reminded(unit: Unit, candidates: readonly Candidate[]): Unit {
  const [best] = candidates
  if (best?.score === 100 && (unit.state === 'missing' || unit.state === 'proposed')) {
    const { previous: _, ...others } = unit
    return { ...others, target: best.target, state: 'proposed' }
  }
  const others = candidates.filter(({ target, score }) => score === 100 || target !== unit.target)
  return others.length === 0 ? unit : { ...unit, candidates: others }
}
