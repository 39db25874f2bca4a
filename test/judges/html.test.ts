import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningServer, root, startServer } from '../support/server'

/** What the Nu HTML checker says of a document. */
interface Message {
  readonly type: string
  readonly subType?: string
  readonly url: string
  readonly message: string
  readonly extract?: string
}

const samplePages = ['about', 'editorial-policy', 'corrections', 'privacy', 'disclosure', 'contact']

let server: RunningServer
let folder: string

beforeAll(async () => {
  server = await startServer()
  folder = mkdtempSync(join(tmpdir(), 'vernacular-html-'))
})
afterAll(async () => {
  await server.remove()
  rmSync(folder, { recursive: true, force: true })
})

function check(pages: readonly { path: string; html: string }[]): readonly Message[] {
  const files = pages.map(({ path, html }) => {
    const file = join(folder, `${path.replaceAll(/[^a-zA-Z0-9-]/g, '_')}.html`)
    writeFileSync(file, html)
    return file
  })
  const jar = join(root, 'node_modules/vnu-jar/build/dist/vnu.jar')
  const { stderr } = spawnSync('java', ['-Xss8m', '-jar', jar, '--format', 'json', ...files], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  return (JSON.parse(stderr) as { messages: Message[] }).messages
}

/** Each page by a connection of its own: the checker runs for longer than the server keeps one open. */
const page = async (path: string) => ({
  path,
  html: await (await fetch(server.url + path, { headers: { Accept: 'text/html', Connection: 'close' } })).text(),
})

/** Every page that can be reached from the index of a locale, of those below that locale. */
async function pagesOf(locale: string) {
  const index = await page(`/${locale}/`)
  const paths = new Set([
    `/${locale}/confidence`,
    `/${locale}/translations`,
    `/${locale}/newsletter`,
    `/${locale}/search?q=microsoft`,
    `/${locale}/search?q=mircosoft&impact=high`,
    `/${locale}/?impact=high`,
    `/${locale}/nothing-here`,
    ...samplePages.map((id) => `/${locale}/${id}`),
  ])
  for (const [, path] of index.html.matchAll(/href="(\/[^"]+\/briefings\/[a-z0-9-]+)"/g)) if (path) paths.add(path)
  const pages = [index, ...(await Promise.all([...paths].map(page)))]
  const further = pages.flatMap(({ html }) =>
    [...html.matchAll(/href="(\/[^"]+\/(?:bilingual|changes|share))"/g)].map(([, path]) => path ?? ''),
  )
  const embedded = further.flatMap((path) => (path.endsWith('/share') ? [path.replace(/share$/, 'embed')] : []))
  return [...pages, ...(await Promise.all([...new Set([...further, ...embedded])].map(page)))]
}

describe('the Nu HTML checker', () => {
  test('finds no error, and no language mislabelled, on any page in any language', async () => {
    const locales = ['en', 'es', 'fr', 'de', 'it', 'pt-BR', 'pl', 'ar', 'zh-Hans', 'ja', 'ca']
    const pages = [...(await Promise.all(locales.map(pagesOf))).flat(), await page('/api/docs')]
    expect(pages.length).toBeGreaterThan(120)
    const said = check(pages)
      .filter(({ message }) => !message.startsWith('Trailing slash on void elements'))
      .map(({ url, type, message, extract }) => `${url.split('/').at(-1)} ${type}: ${message} ${extract ?? ''}`)
    expect(said).toEqual([])
  })

  test('would find a page whose language is mislabelled, and markup that is broken', async () => {
    const french = await page('/fr/briefings/microsoft-mistral-ai-partnership')
    const mislabelled = french.html.replaceAll('lang="fr"', 'lang="en"')
    const broken = french.html.replace('</h1>', '')
    expect(check([{ path: 'mislabelled', html: mislabelled }]).some(({ message }) => message.includes('French'))).toBe(true)
    expect(check([{ path: 'broken', html: broken }]).some(({ type }) => type === 'error')).toBe(true)
  })
})
