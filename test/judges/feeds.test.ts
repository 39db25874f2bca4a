import { spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningServer, root, startServer } from '../support/server'

const locales = ['en', 'es', 'fr', 'de', 'it', 'pt-BR', 'pl', 'ar', 'zh-Hans', 'ja', 'ca']
let site: RunningServer
let folder: string
/** A site that answers every address with this document: where faults are planted. */
let faulty: Server
let planted = ''

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vernacular-feeds-'))
  site = await startServer()
  faulty = createServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/atom+xml; charset=utf-8' }).end(planted)
  }).listen(0, '127.0.0.1')
  copyFileSync(join(root, 'node_modules/sitemap/schema/sitemap.xsd'), join(folder, 'sitemap.xsd'))
  for (const [name, schema] of Object.entries(schemas)) writeFileSync(join(folder, name), schema)
})
afterAll(async () => {
  faulty.close()
  await site.remove()
  rmSync(folder, { recursive: true, force: true })
})

const text = async (path: string) => await (await fetch(site.url + path)).text()
const faultyAddress = () => `http://127.0.0.1:${(faulty.address() as AddressInfo).port}/feed.xml`

/** Runs a tool beside this program, which answers it meanwhile; its status and all that it said. */
async function run(tool: string, args: readonly string[], input = '') {
  const child = spawn(tool, args, {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: folder, LC_ALL: 'C.UTF-8' },
    timeout: 60_000,
  })
  let stdout = ''
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  child.stdin.on('error', () => {}).end(input) // Who finds a fault may stop reading.
  const status = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
  return { status, stdout, said: stdout + said }
}

/** What feedparser, a library of Python that many readers are made with, makes of a feed. */
interface Parsed {
  readonly status: number
  readonly problem: string
  readonly language: string
  readonly etag: string
  readonly entries: readonly {
    readonly id: string
    readonly link: string
    readonly title: string
    readonly languages: readonly string[]
    readonly updated: number | null
    readonly published: number | null
    readonly text: string
  }[]
}

const python = `
import calendar, feedparser, json, sys
at = lambda parts: calendar.timegm(parts) if parts else None
told = feedparser.parse(sys.argv[1], etag=sys.argv[2] or None)
print(json.dumps({
  "status": told.get("status"), "problem": str(told.get("bozo_exception", "")) if told.bozo else "",
  "language": told.feed.get("language", ""), "etag": told.get("etag", ""),
  "entries": [{
    "id": each.get("id", ""), "link": each.get("link", ""), "title": each.get("title", ""),
    "languages": [each.title_detail.language, each.summary_detail.language, each.content[0].language],
    "updated": at(each.get("updated_parsed")), "published": at(each.get("published_parsed")), "text": each.content[0].value,
  } for each in told.entries],
}))`

async function parse(address: string, etag = ''): Promise<Parsed> {
  const { status, stdout, said } = await run('/usr/bin/python3', ['-c', python, address, etag])
  if (status !== 0) throw new Error(said)
  return JSON.parse(stdout) as Parsed
}

/** What is wrong with a feed as feedparser reads it, beside the same as JSON Feed. */
function complaints({ problem, language, entries }: Parsed, locale: string, items: readonly Record<string, unknown>[]) {
  return [
    ...(problem === '' ? [] : [problem]),
    ...(language === locale ? [] : [`the feed is said to be in ${language}`]),
    ...(entries.length === items.length ? [] : [`${entries.length} entries of ${items.length}`]),
    ...entries.flatMap(({ id, link, title, languages, updated, published, text: content }, index) => {
      const item = items[index] ?? {}
      return [
        ...(id === item['id'] && link === item['url'] && title === item['title'] ? [] : [`${link} is not ${item['url']}`]),
        ...(languages.at(-1) === item['language'] ? [] : [`${link} is said to be in ${languages}`]),
        ...(updated === Date.parse(String(item['date_modified'])) / 1000 ? [] : [`${link} was updated at ${updated}`]),
        ...(published === Date.parse(String(item['date_published'])) / 1000 ? [] : [`${link} was published at ${published}`]),
        ...(content.length > 1000 ? [] : [`${link} has no text`]),
      ]
    }),
  ]
}

const itemsOf = async (locale: string) =>
  (JSON.parse(await text(`/${locale}/feed.json?include=fallback`)) as { items: Record<string, unknown>[] }).items

describe('feedparser', () => {
  test('reads every feed without a complaint, each entry in its language', async () => {
    const languages = new Set<unknown>()
    for (const locale of locales) {
      const items = await itemsOf(locale)
      expect(items.length).toBeGreaterThan(4)
      expect(complaints(await parse(`${site.url}/${locale}/feed.xml?include=fallback`), locale, items)).toEqual([])
      for (const item of items) languages.add(item['language'])
    }
    expect(languages.size).toBeGreaterThan(8)
  })

  test('is told that nothing is new', async () => {
    const first = await parse(`${site.url}/fr/feed.xml`)
    expect(first.status).toBe(200)
    expect(await parse(`${site.url}/fr/feed.xml`, first.etag)).toMatchObject({ status: 304, entries: [] })
  })

  test.each([
    ['a character that XML forbids', (feed: string) => feed.replace('<title>', '<title>\u0001')],
    ['an entry that lost its language', (feed: string) => feed.replace('<entry xml:lang="en">', '<entry>')],
    ['an id that another entry has', (feed: string) => feed.replaceAll(/<id>.*<\/id>/g, '<id>urn:uuid:0</id>')],
    ['a time that is none', (feed: string) => feed.replace(/<published>.*?<\/published>/, '<published>soon</published>')],
  ])('would complain of %s', async (_name, plant) => {
    const feed = await text('/es/feed.xml?include=fallback')
    planted = plant(feed)
    expect(planted).not.toBe(feed)
    expect(complaints(await parse(faultyAddress()), 'es', await itemsOf('es'))).not.toEqual([])
  })
})

interface Kept {
  readonly guid: string
  readonly title: string
  readonly url: string
  readonly pubDate: number
}

/** What newsboat, a reader for terminals, keeps of a feed in its database. */
async function subscribe(address: string): Promise<readonly Kept[]> {
  const home = mkdtempSync(join(folder, 'newsboat-'))
  writeFileSync(join(home, 'urls'), `${address}\n`)
  const { status, said } = await run('newsboat', [
    '-u',
    join(home, 'urls'),
    '-c',
    join(home, 'cache.db'),
    '-C',
    '/dev/null',
    '-x',
    'reload',
  ])
  if (status !== 0 || !existsSync(join(home, 'cache.db'))) throw new Error(said)
  const database = new SQLite(join(home, 'cache.db'), { readonly: true })
  const kept = database.prepare('select guid, title, url, pubDate from rss_item order by guid').all() as Kept[]
  database.close()
  return kept
}

/** The same as the JSON Feed has it. */
const expected = (items: readonly Record<string, unknown>[]): readonly Kept[] =>
  items
    .map((item) => ({
      guid: String(item['id']),
      title: String(item['title']),
      url: String(item['url']),
      pubDate: Date.parse(String(item['date_published'])) / 1000,
    }))
    .sort((one, other) => (one.guid < other.guid ? -1 : 1))

describe('newsboat', () => {
  test('keeps of every feed each title, address and time as it is', async () => {
    for (const locale of locales) {
      expect(await subscribe(`${site.url}/${locale}/feed.xml?include=fallback`)).toEqual(expected(await itemsOf(locale)))
    }
  })

  test.each([
    ['a time that is none', (feed: string) => feed.replace(/<(published|updated)>.*?<\/\1>/g, '<$1>soon</$1>')],
    ['an address that leads to the English', (feed: string) => feed.replace(/\/es\/briefings/g, '/en/briefings')],
    ['markup that is broken', (feed: string) => feed.replace('</entry>', '')],
  ])('would show that there is %s', async (_name, plant) => {
    planted = plant(await text('/es/feed.xml?include=fallback'))
    expect(await subscribe(faultyAddress())).not.toEqual(expected(await itemsOf('es')))
  })
})

/** What the official schema leaves to others: the links of XHTML, and the extension for news as its documentation has it. */
const schemas = {
  'all.xsd': `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
    <xs:import namespace="http://www.sitemaps.org/schemas/sitemap/0.9" schemaLocation="sitemap.xsd"/>
    <xs:import namespace="http://www.w3.org/1999/xhtml" schemaLocation="link.xsd"/>
    <xs:import namespace="http://www.google.com/schemas/sitemap-news/0.9" schemaLocation="news.xsd"/>
  </xs:schema>`,
  'link.xsd': `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/1999/xhtml">
    <xs:element name="link"><xs:complexType>
      <xs:attribute name="rel" use="required" fixed="alternate"/>
      <xs:attribute name="hreflang" use="required"><xs:simpleType><xs:restriction base="xs:string">
        <xs:pattern value="x-default|[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?"/>
      </xs:restriction></xs:simpleType></xs:attribute>
      <xs:attribute name="href" use="required" type="xs:anyURI"/>
    </xs:complexType></xs:element>
  </xs:schema>`,
  'news.xsd': `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified"
    targetNamespace="http://www.google.com/schemas/sitemap-news/0.9">
    <xs:element name="news"><xs:complexType><xs:sequence>
      <xs:element name="publication"><xs:complexType><xs:sequence>
        <xs:element name="name" type="xs:string"/>
        <xs:element name="language"><xs:simpleType><xs:restriction base="xs:string">
          <xs:pattern value="zh-cn|zh-tw|[a-z]{2,3}"/>
        </xs:restriction></xs:simpleType></xs:element>
      </xs:sequence></xs:complexType></xs:element>
      <xs:element name="publication_date" type="xs:dateTime"/>
      <xs:element name="title" type="xs:string"/>
    </xs:sequence></xs:complexType></xs:element>
  </xs:schema>`,
}

const validate = (xml: string) => run('xmllint', ['--nonet', '--noout', '--schema', 'all.xsd', '-'], xml)

/** A sitemap of news, with an item in it whatever the time is: the samples are no news. */
const news = (sitemap: string) =>
  sitemap.replace(
    '</urlset>',
    '<url><loc>https://briefings.example/en/briefings/x</loc><news:news><news:publication><news:name>X</news:name>' +
      '<news:language>en</news:language></news:publication><news:publication_date>2026-01-01T00:00:00Z</news:publication_date>' +
      '<news:title>X</news:title></news:news></url></urlset>',
  )

describe('the schema of sitemaps', () => {
  test('is kept by every sitemap that the index names, and by that of what is new', async () => {
    const index = await text('/sitemap.xml')
    expect(await run('xmllint', ['--nonet', '--noout', '-'], index)).toMatchObject({ status: 0 })
    const paths = [...index.matchAll(/<loc>https:\/\/briefings\.example([^<]+)<\/loc>/g)].map(([, path = '']) => path)
    expect(paths).toHaveLength(11)
    for (const path of paths) expect(await validate(await text(path))).toMatchObject({ status: 0 })
    expect(await validate(news(await text('/news-sitemap.xml')))).toMatchObject({ status: 0 })
  })

  test.each([
    ['a time that is none', (xml: string) => xml.replace(/<lastmod>.*?<\/lastmod>/, '<lastmod>soon</lastmod>')],
    ['an alternate without a language', (xml: string) => xml.replace(/ hreflang="es"/, '')],
    ['an address too many', (xml: string) => xml.replace(/(<loc>.*?<\/loc>)/, '$1$1')],
    ['text that is not escaped', (xml: string) => xml.replace('<loc>', '<loc>&')],
  ])('is broken by %s', async (_name, plant) => {
    const xml = await text('/sitemap-es-0.xml')
    expect(plant(xml)).not.toBe(xml)
    expect(await validate(plant(xml))).not.toMatchObject({ status: 0 })
  })
})
