import * as z from 'zod'
import type { Locale } from '../language/locale'
import { Refusal } from '../problem'

/** A translator's folder, laid out as a checkout: its files, by their paths below it. */
export interface Folder {
  read(path: string): string | undefined
  /** Writes a file whole, or not at all. */
  write(path: string, text: string): void
}

const statePath = '.vernacular.json'
const entrySchema = z.strictObject({
  etag: z.string().max(100),
  hash: z.string().max(64),
  isHeld: z.literal(true).exactOptional(),
})
const stateSchema = z.strictObject({
  origin: z.string(),
  files: z.record(z.string().regex(/^[A-Za-z0-9-]+\/[a-z0-9-]+$/), entrySchema),
})

/**
 * The site's entity tag of a file when it was pulled, and the hash of the file then. An empty hash: the file is not only from a pull.
 * `isHeld`: it was pushed from here, and saved without being published.
 */
export type Entry = z.infer<typeof entrySchema>

/** Opens what a folder remembers of its site. Refuses the folder of another site. */
export function openState(folder: Folder, origin: string) {
  const text = folder.read(statePath)
  const { data: state } = stateSchema.safeParse(text === undefined ? { origin, files: {} } : parsed(text))
  if (!state) throw new Refusal('sync.state', { file: statePath })
  if (state.origin !== origin) throw new Refusal('sync.other-site', { origin, other: state.origin })
  const files = new Map(Object.entries(state.files))
  return {
    files,
    set(key: string, entry: Entry) {
      files.set(key, entry)
      folder.write(statePath, `${JSON.stringify({ origin, files: Object.fromEntries(files) }, undefined, 2)}\n`)
    },
  }
}

/** Where the file of a translation is, below its folder. */
export const pathOf = (locale: Locale, slug: string) => `locales/${locale}/briefings/${slug}.json`

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // That is not a state.
  }
}
