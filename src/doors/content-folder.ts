import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pictureIn } from '../media/picture'
import type { Content, ContentFile } from '../newsroom/content-files'
import { readMarkdownFile } from './front-matter'

/**
 * A path below a site's folder. The checkout is such a folder, but for one thing: all but `locales` is in `db`. So is every folder that
 * has `db/briefings`.
 */
export const below = (root: string, name: string): string => (existsSync(join(root, 'db/briefings')) ? `db/${name}` : name)

/** Whether a folder is a site of its own, and not only content for another. */
export const hasSite = (root: string): boolean => existsSync(join(root, below(root, 'site.json')))

/** Reads the files of a site's content from its folder: `briefings`, and if they are there `pages`, both of `locales/<tag>`, and `images`. */
export function readContentFiles(root: string): Content {
  const folder = below(root, 'images')
  const images = namesIn(root, folder).filter((name) => statSync(join(root, folder, name)).isFile())
  return {
    briefings: jsonFiles(root, below(root, 'briefings')),
    translations: namesIn(root, 'locales').flatMap((tag) => ifThere(root, `locales/${tag}/briefings`)),
    pages: markdownFiles(root, below(root, 'pages')),
    pageTranslations: namesIn(root, 'locales').flatMap((tag) => markdownFiles(root, `locales/${tag}/pages`)),
    images,
    pictures: new Map(images.map((name) => [name, pictureIn(name, readFileSync(join(root, folder, name)))])),
  }
}

/** Reads a file of each language from a site's folder: `locales/<tag>/glossary.json` and the like. */
export const readLocaleFiles = (root: string, name: 'glossary' | 'style' | 'accepted' | 'catalogs'): readonly ContentFile[] =>
  namesIn(root, 'locales')
    .map((tag) => `locales/${tag}/${name}.json`)
    .filter((path) => existsSync(join(root, path)))
    .map((path) => ({ path, bytes: readFileSync(join(root, path)) }))

const namesIn = (root: string, folder: string): readonly string[] =>
  existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : []

const ifThere = (root: string, folder: string) => (existsSync(join(root, folder)) ? jsonFiles(root, folder) : [])

const jsonFiles = (root: string, folder: string) => filesIn(root, folder, readdirSync(join(root, folder)), '.json')

const markdownFiles = (root: string, folder: string) =>
  filesIn(root, folder, namesIn(root, folder), '.md').map(({ path, bytes }) => readMarkdownFile(path, bytes))

const filesIn = (root: string, folder: string, names: readonly string[], ending: string): readonly ContentFile[] =>
  names
    .filter((name) => name.endsWith(ending))
    .toSorted()
    .map((name) => ({ path: `${folder}/${name}`, bytes: readFileSync(join(root, folder, name)) }))
