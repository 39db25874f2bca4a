import { hashOf } from '../briefings/hash'
import type { Earlier } from '../briefings/revisions'
import { likenessOf } from './likeness'
import type { Candidate, Pack, Unit } from './packs/pack'
import { type TranslatedSegment, type Translation, textOf } from './translation'

/** An English text that was once translated and approved, by its hash (`hashOf`), and what it was translated as. */
export interface Remembered {
  readonly hash: string
  readonly source: string
  readonly target: string
}

/** How alike English must be to be offered, in percent, and how many offers a text gets. */
const candidateMin = 70
const candidatesMax = 3

/**
 * What a translation that is saved teaches: each segment that it approves and that its state before did not approve so, if a
 * person wrote or read it and the English that it was made from is known. Where the English and its translation are cut into
 * the same number of paragraphs, each of these too. `english` is asked for only where there is something to teach.
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
 * The segments that a person stands for: of an approved translation, what is its own (`textOf`), and a machine's drafts where a
 * person reviewed the whole; nothing of one that is a machine's alone.
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

/** A text cut at its empty lines: pieces at even places, and at odd ones what stood between them. Joined it is the text. */
const cut = (text: string): readonly string[] => text.split(/(\n(?:[ \t]*\n)+)/)
const isParagraph = (piece: string, index: number) => index % 2 === 0 && piece.trim() !== ''

/** The paragraphs of a text, in order. */
export const paragraphsOf = (text: string): readonly string[] => cut(text).filter(isParagraph)

/** The translation of a text that is known as it stands, or paragraph by paragraph; `known` says how a text was translated. */
export function exactFor(text: string, known: (text: string) => string | undefined): string | undefined {
  const whole = known(text)
  if (whole !== undefined) return whole
  const pieces = cut(text).map((piece, index) => (isParagraph(piece, index) ? known(piece) : piece))
  return pieces.includes(undefined) ? undefined : pieces.join('')
}

/**
 * What to offer for a text that is not known exactly, the most alike first: translations of the English that is found to be
 * like it, and those of its own paragraphs that are known, as one.
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

/** The English of those units of a pack that ask for work. */
export const textsToRecall = ({ units }: Pack) => units.filter(({ state }) => state !== 'current').map(({ source }) => source)

/** A pack with what the memory has for it; `recalled` is what it has for an English text, exact or close. */
export const withMemory = (pack: Pack, recalled: ReadonlyMap<string, readonly Candidate[]>): Pack => ({
  ...pack,
  units: pack.units.map((unit) => (unit.state === 'current' ? unit : reminded(unit, recalled.get(unit.source) ?? []))),
})

/** An exact match stands in place of a text that is missing or only a machine's; a text that a person wrote stays. */
function reminded(unit: Unit, candidates: readonly Candidate[]): Unit {
  const [best] = candidates
  if (best?.score === 100 && unit.state !== 'outdated') {
    const { previous: _, ...others } = unit
    return { ...others, target: best.target, state: 'proposed' }
  }
  const others = candidates.filter(({ target, score }) => score === 100 || target !== unit.target)
  return others.length === 0 ? unit : { ...unit, candidates: others }
}
