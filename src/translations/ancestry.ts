import { hashOf } from '../briefings/hash'
import type { MadeRevision } from './approval'
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
 * names. A hash or a revision that this translation never had is not believed. Most packs need one revision. All
 * are read only if a text is left without an ancestor.
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

/** What became of a segment since a text was made from it. */
export interface Since {
  /** Who changed it: only the sender of the text, only the same token or file, others too, or somebody who is not known. */
  readonly by: 'sender' | 'program' | 'others' | 'unknown'
  /** Whether it has had this text since. */
  readonly had: (text: string) => boolean
}

/** The name of a token as a sender. A new token is another sender, even with the name and the rights of one that was revoked. */
export const senderByToken = (id: string) => tokenSign + id

/**
 * The name of a file that the command line imports as a sender, by where it is on which machine. The same command line imports the files of
 * many people, so it is no sender by itself.
 */
export const senderByFile = async (machine: string, path: string) => fileSign + (await hashOf(`${machine}\n${path}`))

const [tokenSign, fileSign] = ['token:', 'file:']

const isProgram = (sender = '') => sender.startsWith(tokenSign) || sender.startsWith(fileSign)

/** What became of a segment since it had the text `was`, by all the revisions, oldest first. `sender` is who sends the new text, if known. */
export function sinceThen(revisions: readonly MadeRevision[], sender: string | undefined, id: string, was: string): Since {
  const texts = revisions.map(({ segments }) => segments[id]?.text ?? '')
  const from = texts.lastIndexOf(was) + 1
  const authors = revisions.flatMap(({ sender }, at) => (at >= from && texts[at] !== (texts[at - 1] ?? was) ? [sender] : []))
  const isUnknown = sender === undefined || authors.length === 0 || authors.includes(null)
  const own = isProgram(sender) ? 'program' : 'sender'
  const by = isUnknown ? 'unknown' : authors.every((each) => each === sender) ? own : 'others'
  return { by, had: (text) => texts.includes(text, from) }
}

function textsOf(revisions: readonly Segments[]): ReadonlyMap<string, ReadonlySet<string>> {
  const texts = new Map<string, Set<string>>()
  for (const segments of revisions) {
    for (const [id, { text }] of Object.entries(segments)) texts.set(id, (texts.get(id) ?? new Set()).add(text))
  }
  return texts
}
