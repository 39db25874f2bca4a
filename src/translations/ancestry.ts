import { hashOf } from '../briefings/hash'
import type { ReturnedPack } from './packs/pack'
import type { TranslatedSegment } from './translation'

type Segments = Readonly<Record<string, TranslatedSegment>>

/** What the texts of a pack were made from, as far as the pack says and the store confirms. */
export interface Ancestry {
  /** Segment id → what the translation had for it. Segments of which that is not known are left out. */
  readonly was: ReadonlyMap<string, string>
  /** Whether a revision of the translation had this text for a segment. */
  readonly had: (id: string, text: string) => boolean
}

/** The revisions of a translation, as far as they are wanted. */
export interface Revisions {
  /** The segments of a revision, or `undefined` if there is no such revision. That before the first has none. */
  readonly named: (revision: number) => Promise<Segments | undefined>
  readonly all: () => Promise<readonly Segments[]>
}

/**
 * Finds what the texts of a pack were made from. The hash of a text decides, if the file has kept it; else the revision that the file
 * names. A hash or a revision that this translation never had is not believed. Most packs need one revision, and none needs all unless
 * it leaves a text without an ancestor.
 */
export async function ancestryOf(
  { revision, was, targets }: Pick<ReturnedPack, 'revision' | 'was' | 'targets'>,
  revisions: Revisions,
): Promise<Ancestry> {
  const named = revision === undefined ? undefined : await revisions.named(revision)
  const known = new Map<string, string>()
  for (const id of targets.keys()) {
    const text = named && (named[id]?.text ?? '')
    const hash = was?.get(id)
    if (text !== undefined && (hash === undefined || hash === (await hashOf(text)))) known.set(id, text)
  }
  const lost = [...targets.keys()].filter((id) => !known.has(id))
  if (lost.length === 0) return { was: known, had: () => false }
  const earlier = textsOf(await revisions.all())
  for (const id of lost) {
    const hash = was?.get(id)
    for (const text of hash === undefined ? [] : ['', ...(earlier.get(id) ?? [])]) {
      if ((await hashOf(text)) === hash) known.set(id, text)
    }
  }
  return { was: known, had: (id, text) => earlier.get(id)?.has(text) ?? false }
}

function textsOf(revisions: readonly Segments[]): ReadonlyMap<string, ReadonlySet<string>> {
  const texts = new Map<string, Set<string>>()
  for (const segments of revisions) {
    for (const [id, { text }] of Object.entries(segments)) texts.set(id, (texts.get(id) ?? new Set()).add(text))
  }
  return texts
}
