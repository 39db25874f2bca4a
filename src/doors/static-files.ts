import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { families } from '../sharing/faces'
import { below } from './content-folder'
import { facesIn } from './font-files'
import type { SiteFolder } from './given'

/** A static file, with its address and media type. */
export interface StaticFile {
  readonly address: string
  readonly type: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
}

/** The style sheet, the scripts, the fonts, and the site's pictures and icon, each at an address that its content decides. */
export function staticFiles(
  root: string,
  styleSheet: string,
  { folder, settings }: Pick<SiteFolder, 'folder' | 'settings'>,
): readonly (StaticFile & { name: string })[] {
  const fonts = ['source-serif-4', 'noto-naskh-arabic'].flatMap((family) => {
    const folder = join(root, 'node_modules/@fontsource-variable', family, 'files')
    return readdirSync(folder)
      .filter((name) => /-(latin|latin-ext|arabic)-wght-(normal|italic)\.woff2$/.test(name))
      .map((name) => staticFile(`fonts/${name}`, readFileSync(join(folder, name))))
  })
  const ofSite = (name: string) => join(folder, below(folder, name))
  const pictures = (existsSync(ofSite('images')) ? readdirSync(ofSite('images')) : []).map((name) =>
    staticFile(`images/${name}`, readFileSync(ofSite(`images/${name}`))),
  )
  const { icon } = settings.brand
  const icons = icon === undefined ? [] : [staticFile('icon.svg', readFileSync(ofSite(icon)))]
  const own = ['script.js', 'passkey.js', 'share.js'].map((name) => staticFile(name, readFileSync(join(root, 'src/ui', name))))
  const named = new Map(fonts.map(({ name, address }) => [name, address]))
  const style = styleSheet.replace(/url\((fonts\/[^)]+)\)/g, (_all, name: string) => {
    const address = named.get(name)
    if (!address) throw new Error(`A style sheet names ${name}, which is in no font package.`)
    return `url(${address})`
  })
  return [...fonts, ...pictures, ...icons, ...own, staticFile('style.css', Buffer.from(style))]
}

/** The faces of cards as static files, with their list and their licences, for runtimes without packages. */
export function gatherFaces(root: string): { readonly list: StaticFile; readonly faces: readonly StaticFile[] } {
  const faces = facesIn(root).map((face) => ({
    face,
    file: staticFile(`cards/${basename(face.address)}`, readFileSync(face.address)),
  }))
  const list = faces.map(({ face, file }) => ({ ...face, address: file.address }))
  const licences = families.map((family) =>
    staticFile(`cards/${family}.txt`, readFileSync(join(root, 'node_modules/@fontsource', family, 'LICENSE'))),
  )
  return {
    list: staticFile('cards/faces.json', Buffer.from(JSON.stringify(list))),
    faces: [...faces.map(({ file }) => file), ...licences],
  }
}

/** A file at an address that its content decides. */
export function staticFile(name: string, content: Buffer) {
  const ending = extname(name)
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 10)
  const type = types[ending]
  if (!type) throw new Error(`${name}: files of the kind ${ending} are not served.`)
  return { name, address: `/assets/${name.slice(0, -ending.length)}.${hash}${ending}`, type, bytes: new Uint8Array(content) }
}
