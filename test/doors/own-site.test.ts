import { spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openGiven } from '../../src/doors/site-folder'
import { vernacular } from '../support/command'
import { freePort, root } from '../support/server'
import { type RunningWorker, startWorker, writesOfSamples } from '../support/worker'

/** A checkout in which nothing is built yet, and a site beside it, as its owner makes them. */
const folder = mkdtempSync(join(tmpdir(), 'vernacular-own-site-'))
const checkout = join(folder, 'vernacular')
const site = join(folder, 'my-site')
const mostTime = 120_000

beforeAll(() => {
  const parts = [
    'src',
    'scripts',
    'locales',
    'db',
    'starter',
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'wrangler.toml',
  ]
  for (const part of parts) cpSync(join(root, part), join(checkout, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(checkout, 'node_modules'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const readJson = (path: string) => JSON.parse(readFileSync(join(site, path), 'utf8'))
const write = (path: string, content: unknown) => {
  mkdirSync(join(site, path, '..'), { recursive: true })
  writeFileSync(join(site, path), typeof content === 'string' ? content : JSON.stringify(content))
}

const forMembers = ['deckhands', 'mates', 'captains'].map((access) => ({
  id: access,
  access,
  heading: `For ${access}`,
  text: `Only ${access} read this.`,
}))

/** What its owner decides in a first hour: colours, two categories, three tiers, a text of the site itself, a page about it in Spanish. */
function makeOnesOwn(): void {
  const settings = readJson('site.json')
  settings.vocabulary.category.push('piracy', 'salvage')
  settings.tiers = [
    { id: 'deckhands', entry: 'sign-in' },
    { id: 'mates', entry: 'request' },
    { id: 'captains', entry: 'invitation' },
  ]
  write('site.json', settings)
  write('locales/en/site.json', {
    'category.piracy': 'Piracy',
    'category.salvage': 'Salvage',
    'tier.deckhands': 'Deckhands',
    'tier.mates': 'Mates',
    'tier.captains': 'Captains',
    'site.tagline': 'What moves in the harbour',
  })
  write('locales/es/site.json', {
    'category.piracy': 'Piratería',
    'category.salvage': 'Salvamento',
    'tier.deckhands': 'Marineros',
    'tier.mates': 'Oficiales',
    'tier.captains': 'Capitanes',
    'site.tagline': 'Lo que se mueve en el puerto',
  })
  write('theme.css', ':root { --accent: #0a5a44 } @media (prefers-color-scheme: dark) { :root { --accent: #7fd1b9 } }')
  write(
    'locales/es/pages/about.md',
    '---\ntitle: Sobre nosotros\ndescription: Quién publica este sitio.\nsourceRevision: 1\nstate: approved\nprovenance: human\ncredits: [Ada]\n---\n\nEscribimos sobre puertos.\n\n## Cómo leer un informe {#briefing}\n\nCada informe trata un hecho.\n\n## En tu idioma {#language}\n\nEscribimos en inglés.\n\n## Cómo escribirnos {#contact}\n\nEscribe a la redacción.\n',
  )
  const [name = ''] = readdirSync(join(site, 'briefings'))
  write(`briefings/${name}`, { ...readJson(`briefings/${name}`), category: 'piracy', sections: forMembers })
}

/** Starts a site by `npm start`, as its owner does. Returns its address, and how to stop it. */
async function npmStart(settings: Readonly<Record<string, string>>) {
  const port = String(await freePort())
  const child = spawn('npm', ['start'], {
    cwd: checkout,
    detached: true,
    env: { PATH: process.env['PATH'], HOME: folder, PORT: port, ...settings },
  })
  let told = ''
  await new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (chunk: Buffer) => {
      told += chunk.toString()
      if (told.includes('is running at')) resolve()
    })
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code}: ${told}`)))
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      process.kill(-(child.pid ?? 0), 'SIGTERM') // npm, its shell and the program.
      await ended
    },
  }
}

describe('a site of one’s own', () => {
  const origin = 'https://harbour.example'
  let node: Awaited<ReturnType<typeof npmStart>>
  let worker: RunningWorker
  let tookMs = 0

  beforeAll(async () => {
    const begun = performance.now()
    const made = vernacular({}, 'init', site, '--name', 'Harbour Watch', '--languages', 'es', '--origin', origin)
    expect(made).toMatchObject({ status: 0, error: '' })
    makeOnesOwn()
    node = await npmStart({ SITE: site })
    await fetch(`${node.url}/en/`)
    tookMs = performance.now() - begun

    const built = spawnSync('npm', ['run', '--silent', 'build:kit'], {
      cwd: checkout,
      env: { ...process.env, SITE: site },
      encoding: 'utf8',
    })
    expect(built).toMatchObject({ status: 0, stderr: '' })
    worker = await startWorker(origin, undefined, {}, checkout)
    await worker.database.atomically(await writesOfSamples(origin, await openGiven({ SITE: site })))
  })
  afterAll(async () => {
    await worker.close()
    await node.stop()
  })

  const textAt = async (path: string) => await (await fetch(node.url + path)).text()

  test('is there in less than two minutes', () => expect(tookMs).toBeLessThan(mostTime))

  test('has its name, its address, its words and its category, in each of its languages, and nothing of the sample', async () => {
    const pages = await Promise.all(
      ['/en/', '/es/', '/en/briefings/a-first-briefing', '/es/briefings/a-first-briefing'].map(textAt),
    )
    for (const page of pages) {
      expect(page).toContain('<bdi>Harbour Watch</bdi>')
      expect(page).toContain(`href="${origin}/`)
      expect(page).not.toMatch(/vernacular|class="mark"/i)
    }
    expect(pages[0]).toContain('What moves in the harbour')
    expect(pages[1]).toContain('Lo que se mueve en el puerto')
    expect(pages[2]).toContain('Piracy')
    expect(pages[3]).toContain('Piratería')
    expect(pages[3]).not.toContain('hreflang="fr"')
    expect((await fetch(`${node.url}/fr/`, { redirect: 'manual' })).status).not.toBe(200)
  })

  test('has its tiers, named in each language, and gives nobody what is for one of them', async () => {
    const [english, spanish] = await Promise.all(['en', 'es'].map((locale) => textAt(`/${locale}/briefings/a-first-briefing`)))
    for (const name of ['Deckhands', 'Mates', 'Captains']) expect(english).toContain(`<p class="tier">${name}</p>`)
    for (const [tier, name] of [
      ['deckhands', 'Marineros'],
      ['mates', 'Oficiales'],
    ])
      expect(await textAt(`/es/join/${tier}`)).toContain(name)
    for (const page of [english, spanish]) {
      expect(page).toContain('For captains')
      expect(page).not.toMatch(/Only (deckhands|mates|captains) read this/)
    }
  })

  test('has its page about itself in two languages, in the footer of every page', async () => {
    const [english, spanish] = await Promise.all(['/en/about', '/es/about'].map(textAt))
    expect(english).toContain('How to read a briefing')
    expect(spanish).toContain('Escribimos sobre puertos.')
    expect(spanish).toContain('<link rel="canonical" href="https://harbour.example/es/about"/>')
    expect(await textAt('/es/search')).toMatch(/<a href="\/es\/about">Sobre nosotros<\/a>/)
  })

  test('has its colours, by day and by night', async () => {
    const [, style = ''] = /href="(\/assets\/style\.[^"]+)"/.exec(await textAt('/en/')) ?? []
    const css = await textAt(style)
    expect(css).toContain('@media screen and (prefers-color-scheme:light){:root{--accent:#0a5a44}}')
    expect(css).toContain('@media screen and (prefers-color-scheme:dark){:root{--accent:#7fd1b9}}')
  })

  test('answers with the same bytes from the Workers runtime', async () => {
    const linked = [...(await textAt('/en/')).matchAll(/(?:href|src)="(\/[^"#]*)"/g)].flatMap(([, path]) => path ?? [])
    const more = [
      '/robots.txt',
      '/llms.txt',
      '/es/briefings/a-first-briefing',
      '/es/briefings/a-first-briefing.json',
      '/sitemap.xml',
    ]
    const paths = [...new Set([...linked, ...more])]
    expect(paths.length).toBeGreaterThan(15)
    for (const path of paths) {
      const [here, there] = await Promise.all([fetch(node.url + path, { redirect: 'manual' }), worker.ask(path)])
      const bodies = await Promise.all([here, there].map(async (each) => (await each.text()).replace(instants, '')))
      expect([path, there.status, bodies[1]]).toEqual([path, here.status, bodies[0]])
    }
  })
})

/** When each of the two databases was filled. */
const instants = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g

describe('init', () => {
  test('refuses a folder that is not empty, a site without a name, and what is no language or address', () => {
    const taken = join(folder, 'taken')
    mkdirSync(taken)
    writeFileSync(join(taken, 'notes.txt'), 'mine')
    const refused = (...words: readonly string[]) => vernacular({}, 'init', ...words)
    expect(refused(taken, '--name', 'A')).toMatchObject({
      status: 1,
      error: `${taken} is not empty. Name a folder that does not exist yet.\n`,
    })
    const fresh = join(folder, 'fresh')
    expect(refused(fresh).error).toBe("Say what the site is called, in at most 80 characters: --name 'Harbour Watch'\n")
    expect(refused(fresh, '--name', 'A', '--languages', 'Klingon!').error).toMatch(/^“Klingon!” is not a language tag\./)
    expect(refused(fresh, '--name', 'A', '--origin', 'harbour').error).toMatch(/^This must be an address such as/)
    expect(readdirSync(taken)).toEqual(['notes.txt'])
    expect(readdirSync(folder)).not.toContain('fresh')
  })
})

describe('check', () => {
  test('finds what is wrong anywhere in the folder of a site, by file and key', () => {
    const wrong = join(folder, 'wrong')
    vernacular({}, 'init', wrong, '--name', 'A', '--languages', 'es')
    expect(vernacular({ SITE: wrong }, 'check')).toMatchObject({ status: 0, error: '' })
    writeFileSync(join(wrong, 'locales/es/site.json'), JSON.stringify({ 'site.promise': 'Uno {dos}', 'site.motto': 'Tres' }))
    writeFileSync(join(wrong, 'theme.css'), 'body { color: red }')
    rmSync(join(wrong, 'icon.svg'))
    const { status, error } = vernacular({ SITE: wrong }, 'check')
    expect(status).toBe(1)
    expect(error.split('\n').map((line) => line.split(': ', 2).join(': '))).toEqual([
      'locales/es/site.json: site.motto',
      'locales/es/site.json: site.promise',
      'site.json: brand.icon',
      'theme.css: body',
      '',
    ])
    expect(vernacular({ SITE: join(folder, 'nowhere') }, 'check').error).toMatch(
      /^There is no site\.json in .*nowhere\. Name the folder/,
    )
  })
})
