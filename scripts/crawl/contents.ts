import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What the site of a checkout has. */
export interface Contents {
  readonly locales: readonly string[]
  /** Of every briefing, whether readers can open it or not. */
  readonly slugs: readonly string[]
  readonly formerSlugs: readonly string[]
}

/** Reads it off the files that are loaded. */
export function contentsOf(root: string): Contents {
  const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8')) as unknown
  const { locales } = read('locales/index.json') as { locales: readonly { tag: string }[] }
  const briefings = readdirSync(join(root, 'db/briefings')).map(
    (name) => read(`db/briefings/${name}`) as { slug: string; formerSlugs: readonly string[] },
  )
  return {
    locales: locales.map(({ tag }) => tag),
    slugs: briefings.map(({ slug }) => slug),
    formerSlugs: briefings.flatMap(({ formerSlugs }) => formerSlugs),
  }
}

/** A briefing that everyone can open, with texts for members in it, and in some languages a translation that is behind. */
export const partnership = 'microsoft-mistral-ai-partnership'
