import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Content, ContentFile } from '../newsroom/content-files'

/** Reads the files of a site's content from a folder laid out as this checkout is: `db/briefings`, `locales/<tag>/briefings`. */
export function readContentFiles(root: string): Content {
  const tags = readdirSync(join(root, 'locales'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return {
    briefings: jsonFiles(root, 'db/briefings'),
    translations: tags.flatMap(({ name }) => jsonFiles(root, `locales/${name}/briefings`)),
    images: readdirSync(join(root, 'db/images')),
  }
}

/** Reads a file of each language from a folder laid out as this checkout is: `locales/<tag>/glossary.json` and the like. */
export const readLocaleFiles = (root: string, name: 'glossary' | 'style' | 'accepted' | 'catalogs'): readonly ContentFile[] =>
  readdirSync(join(root, 'locales'))
    .map((tag) => `locales/${tag}/${name}.json`)
    .filter((path) => existsSync(join(root, path)))
    .map((path) => ({ path, bytes: readFileSync(join(root, path)) }))

function jsonFiles(root: string, folder: string): readonly ContentFile[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({ path: `${folder}/${name}`, bytes: readFileSync(join(root, folder, name)) }))
}
