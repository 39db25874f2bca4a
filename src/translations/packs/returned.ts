import { canonical, type Locale } from '../../language/locale'
import { Refusal } from '../../problem'
import { type Pack, packBytesMax, packUnitsMax, type ReturnedPack } from './pack'
import type { Said } from './states'
import { childrenOf, type Element } from './xml'

/** What a returned file says about itself, as it is spelled there. */
export interface Claims {
  readonly name: string | undefined
  readonly source: string | undefined
  readonly locale: string | undefined
  readonly sourceRevision: string | undefined
  /** Of the translation. Older files and others that nobody exported have none. */
  readonly revision?: string | undefined
}

/** A unit of a returned file: its id, its text in the target language, and the line where it begins. */
export interface ReturnedUnit {
  readonly id: string | undefined
  readonly target: string
  readonly line: number
  /** What the file says of its text. */
  readonly said: Said
  /** The hash of what the translation had for it, if the file has kept that. */
  readonly was?: string | undefined
  /** Until when texts had been set aside that its sender was shown, if the file has kept that. */
  readonly shown?: string | undefined
}

/** The longest text that is put together from a file, in UTF-16 units: ten times the longest passage. */
const unitTextMax = 200_000

/** The text of a returned file: strict UTF-8 (RFC 3629), with or without a byte order mark, at most the size of a pack. */
export function textIn(bytes: Uint8Array): string {
  if (bytes.length === 0) throw new Refusal('pack.empty')
  if (bytes.length > packBytesMax) throw new Refusal('pack.large', { most: packBytesMax / 1_000_000 })
  if (isUtf16(bytes)) throw new Refusal('pack.utf16')
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)
  } catch {
    throw new Refusal('file.not-utf8')
  }
}

/** Whether a file is UTF-16: it has its byte order mark, or a NUL among its first two bytes, as no UTF-8 text has. */
function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || (first === 0) !== (second === 0)
}

/** Joins the pieces of a text. A file may repeat one piece very often, so the sum is measured first. */
export function joined(pieces: Iterable<string>, line: number): string {
  const parts: string[] = []
  let length = 0
  for (const piece of pieces) {
    length += piece.length
    if (length > unitTextMax) throw new Refusal('pack.text-long', { line, most: unitTextMax })
    parts.push(piece)
  }
  return parts.join('')
}

/** The name of the original in XLIFF: the pack, and the revisions of its English and of its translation: `harbour-closes@3.7`. */
export const originalOf = ({ name, sourceRevision, revision }: Pack) =>
  `${name}@${sourceRevision}${revision === undefined ? '' : `.${revision}`}`

/** Reads such a name. */
export function claimedOriginal(original = ''): Pick<Claims, 'name' | 'sourceRevision' | 'revision'> {
  const [name, revisions] = original.split('@')
  const [sourceRevision, revision] = revisions?.split('.') ?? []
  return { name: name || undefined, sourceRevision, revision }
}

/**
 * Makes the returned pack of an XLIFF file. Some tools cut a long file into several `<file>` elements. Refuses those that say different
 * things of themselves, because a returned pack is of one briefing.
 */
export function toReturnedXliff(
  root: Element,
  claimsOf: (file: Element) => Claims,
  unitsIn: (file: Element) => Iterable<ReturnedUnit>,
): ReturnedPack {
  const files = childrenOf(root, 'file')
  const [first] = files
  if (!first) throw new Refusal('pack.file')
  const claims = claimsOf(first)
  const other = files.find((file) => JSON.stringify(claimsOf(file)) !== JSON.stringify(claims))
  if (other) throw new Refusal('pack.files', { line: other.line })
  const units = function* () {
    for (const file of files) yield* unitsIn(file)
  }
  return toReturnedPack(claims, units())
}

/** Makes the returned pack. Throws if the file does not say what it is, names a unit twice, or has an id that no pack has. */
export function toReturnedPack(claims: Claims, units: Iterable<ReturnedUnit>): ReturnedPack {
  const source = claims.source === undefined ? undefined : canonical(claims.source)
  const revision = /^(0|[1-9]\d{0,8})$/.exec(claims.revision ?? '')?.[0]
  return {
    name: nameIn(claims.name),
    ...(source === undefined ? {} : { source }),
    locale: localeIn(claims.locale),
    sourceRevision: revisionIn(claims.sourceRevision),
    ...(revision === undefined ? {} : { revision: Number(revision) }),
    ...textsOf(units),
  }
}

function textsOf(units: Iterable<ReturnedUnit>): Pick<ReturnedPack, 'targets' | 'unfinished' | 'done' | 'was' | 'shown'> {
  const [targets, unfinished, was] = [new Map<string, string>(), new Map<string, string>(), new Map<string, string>()]
  const [done, shown] = [new Set<string>(), new Map<string, string>()]
  let length = 0
  for (const { id, target, line, said, was: before = '', shown: until } of units) {
    if (!id) throw new Refusal('pack.id-missing', { line })
    if (treacherous.has(id) || id.length > 200) throw new Refusal('pack.id-strange', { line })
    if (targets.has(id)) throw new Refusal('pack.id-twice', { line, id })
    length += target.length
    if (targets.size === packUnitsMax) throw new Refusal('pack.texts', { most: packUnitsMax })
    if (length > packBytesMax) throw new Refusal('pack.characters', { most: packBytesMax })
    targets.set(id, said === 'unfinished' ? '' : target)
    if (said === 'unfinished' && target !== '') unfinished.set(id, target)
    if (said === 'done' && target.trim() !== '') done.add(id)
    if (/^[0-9a-f]{32}$/.test(before)) was.set(id, before)
    if (isInstant(until)) shown.set(id, until)
  }
  return {
    ...{ targets, done },
    ...(unfinished.size === 0 ? {} : { unfinished }),
    ...(was.size === 0 ? {} : { was }),
    ...(shown.size === 0 ? {} : { shown }),
  }
}

/** Whether this is an instant as the database has it. */
export const isInstant = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value)

const treacherous = new Set(['__proto__', 'constructor', 'prototype'])

function nameIn(name: string | undefined): string {
  if (name !== undefined && name.length <= 60 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) return name
  throw new Refusal('pack.name')
}

function localeIn(tag: string | undefined): Locale {
  const locale = tag === undefined ? undefined : canonical(tag)
  if (locale === undefined) throw new Refusal('pack.target')
  return locale
}

function revisionIn(revision: string | undefined): number {
  if (revision !== undefined && /^[1-9]\d{0,8}$/.test(revision)) return Number(revision)
  throw new Refusal('pack.revision')
}
