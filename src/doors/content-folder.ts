import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Content, ContentFile } from '../newsroom/content-files'

/**
 * Reads the files of a site's content from a folder laid out as this checkout is: `db/briefings`, and if they are there
 * `locales/<tag>/briefings` and `db/images`.
 */
export function readContentFiles(root: string): Content {
  return {
    briefings: jsonFiles(root, 'db/briefings'),
    translations: namesIn(root, 'locales').flatMap((tag) => ifThere(root, `locales/${tag}/briefings`)),
    images: namesIn(root, 'db/images'),
  }
}

/** Reads a file of each language from a folder laid out as this checkout is: `locales/<tag>/glossary.json` and the like. */
export const readLocaleFiles = (root: string, name: 'glossary' | 'style' | 'accepted' | 'catalogs'): readonly ContentFile[] =>
  namesIn(root, 'locales')
    .map((tag) => `locales/${tag}/${name}.json`)
    .filter((path) => existsSync(join(root, path)))
    .map((path) => ({ path, bytes: readFileSync(join(root, path)) }))

const namesIn = (root: string, folder: string): readonly string[] =>
  existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : []

const ifThere = (root: string, folder: string) => (existsSync(join(root, folder)) ? jsonFiles(root, folder) : [])

function jsonFiles(root: string, folder: string): readonly ContentFile[] {
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({ path: `${folder}/${name}`, bytes: readFileSync(join(root, folder, name)) }))
}
