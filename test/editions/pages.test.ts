import { describe, expect, test } from 'vitest'
import { openNewsroom } from '../support/newsroom'
import { aboutText, pageFile, pagesOnly, pageTranslation } from '../support/pages'

async function withAbout(...options: Parameters<typeof openNewsroom>) {
  const newsroom = await openNewsroom(...options)
  await newsroom.loadFiles(pagesOnly([pageFile('about')], [pageTranslation('about', 'es')]))
  await newsroom.site.readFooter(newsroom.database)
  return newsroom
}

describe('A page of the site', () => {
  test('is read at an address of its own, in the order of the English, and is no briefing', async () => {
    const newsroom = await withAbout()
    const page = await newsroom.text('/es/about')
    expect(page).toContain('<html lang="es"')
    expect(page).toContain('<h1 id="title">Acerca de la redacción</h1>')
    expect(page.indexOf('Quiénes somos')).toBeLessThan(page.indexOf('Quién paga'))
    expect(page).toContain('Escribimos sobre puertos. Nuestras <a href="/rules">reglas</a>')
    expect(page).toContain('"@type":"AboutPage"')
    expect(page).not.toContain('class="judgement"')
    expect((await newsroom.get('/es/briefings/about')).status).toBe(404)
    expect((await newsroom.get('/es/briefings/about/follow')).status).toBe(404)
  })

  test('is English under the same notice where it is not translated, and leads to its own English', async () => {
    const newsroom = await withAbout()
    const response = await newsroom.get('/fr/about')
    const page = await response.text()
    expect(response.headers.get('Content-Language')).toBe('en')
    expect(page).toContain('Cette page n’est pas encore disponible en français.')
    expect(page).toContain('<link rel="canonical" href="https://briefings.example/en/about"')
    expect(page).not.toContain('hreflang="x-default"')
    expect(await newsroom.text('/en/about')).toContain('hreflang="x-default" href="https://briefings.example/about"')
  })

  test('costs one query, has data and text, and answers 304 to whom has it', async () => {
    const newsroom = await withAbout()
    newsroom.forget()
    const response = await newsroom.get('/es/about')
    expect(newsroom.queries).toHaveLength(1)
    const again = await newsroom.get('/es/about', { 'If-None-Match': response.headers.get('ETag') ?? '' })
    expect(again.status).toBe(304)
    const data = (await (await newsroom.get('/es/about.json')).json()) as { briefing: { publication: string; body: unknown[] } }
    expect(data.briefing).toMatchObject({ publication: 'page', title: { text: 'Acerca de la redacción' } })
    const text = await newsroom.text('/es/about.md')
    expect(text).toContain('# Acerca de la redacción')
    expect(text).toContain('[reglas](/rules)')
    expect(await newsroom.text('/es/about/bilingual')).toContain('Three people at the quay.')
    const api = (await (await newsroom.ask('/api/v1/briefings/about?locale=es')).json()) as { url: string }
    expect(api.url).toBe('https://briefings.example/es/about')
  })

  test('goes stale with a material change of the English, part by part', async () => {
    const newsroom = await withAbout()
    const revisions = [
      { savedAt: '2025-05-01', significance: 'material', note: 'First version.' },
      { savedAt: '2025-06-01', significance: 'material', note: 'Who pays.' },
    ]
    const changed = pageFile('about', { revisions }, aboutText.replace('Readers do.', 'Nobody does.'))
    await newsroom.loadFiles(pagesOnly([changed], [pageTranslation('about', 'es')]))
    const page = await newsroom.text('/es/about')
    expect(page).toContain('<a href="#body.money">Quién paga</a>')
    expect(page).not.toContain('<a href="#body.who">')
    expect(await newsroom.text('/es/about/changes')).toMatch(/<del>.*Readers/s)
  })

  test('is found by search and listed in the sitemap, and stands in no list of briefings', async () => {
    const newsroom = await withAbout()
    const results = (await (await newsroom.get('/es/search.json?q=muelle')).json()) as { results: { url: string }[] }
    expect(results.results.map(({ url }) => url)).toEqual(['https://briefings.example/es/about'])
    expect(await newsroom.text('/es/search?q=muelle')).toContain('href="/es/about"')
    expect(await newsroom.text('/sitemap-es-0.xml')).toContain('<loc>https://briefings.example/es/about</loc>')
    for (const path of ['/es/', '/es/feed.xml', '/es/feed.json', '/news-sitemap.xml', '/api/v1/briefings?locale=es']) {
      expect((await newsroom.text(path)).replace(/<footer[\s\S]*<\/footer>/, ''), path).not.toContain('redacción')
    }
  })

  test('is reached without a language by the language around the link, or the reader’s own', async () => {
    const newsroom = await withAbout()
    const to = async (path: string, headers: Record<string, string>) =>
      (await newsroom.get(path, headers)).headers.get('Location')
    expect(await to('/about', { 'Accept-Language': 'es' })).toBe('/es/about')
    expect(await to('/about', { 'Accept-Language': 'es', Referer: 'https://briefings.example/ja/about' })).toBe('/ja/about')
    expect((await newsroom.get('/nowhere')).status).toBe(404)
  })

  test('answers 410 when it was taken back, and 301 at an address that it had', async () => {
    const newsroom = await openNewsroom()
    await newsroom.loadFiles(pagesOnly([pageFile('about', { slug: 'about-us', formerSlugs: ['who'] })]))
    expect((await newsroom.get('/es/who')).headers.get('Location')).toBe('/es/about-us')
    await newsroom.takeBack('about-us', 'We rewrite it.')
    expect((await newsroom.get('/es/about-us')).status).toBe(410)
    expect((await newsroom.get('/about-us')).status).toBe(410)
    expect((await newsroom.get('/es/briefings/about-us')).status).toBe(404)
  })

  test('says nothing of its parts for members to others, in any form', async () => {
    const newsroom = await openNewsroom()
    const gated = pageFile('about', { access: 'circle' }, aboutText.replace('Readers do.', 'Canarywharf pays.'))
    await newsroom.loadFiles(pagesOnly([gated]))
    const forms = [
      '/en/about',
      '/en/about.json',
      '/en/about.md',
      '/es/about',
      '/es/about/changes',
      '/en/search.json?q=canarywharf',
    ]
    for (const path of [...forms, '/api/v1/briefings/about?locale=en', '/sitemap-en-0.xml']) {
      const text = await newsroom.text(path)
      expect(text.replace('"query": "canarywharf"', ''), path).not.toMatch(/canarywharf/i)
    }
    const page = await newsroom.text('/en/about')
    expect(page).toContain('We write about harbours.')
    expect(page).toContain('Who pays')
  })
})

describe('The footer', () => {
  test('lists the pages of the site, by the titles that readers of a language have', async () => {
    const newsroom = await withAbout()
    expect(await newsroom.text('/es/confidence')).toContain('<a href="/es/about">Acerca de la redacción</a>')
    expect(await newsroom.text('/fr/search')).toContain('<a href="/fr/about" lang="en" dir="ltr">About the harbour desk</a>')
    expect(await newsroom.text('/en/')).not.toContain('/en/privacy')
  })

  test('changes the entity tag of every page when a title is published, and prints none of them', async () => {
    const newsroom = await withAbout()
    const { site } = newsroom
    await newsroom.loadFiles(pagesOnly([pageFile('privacy', { title: 'Your data' })]))
    await site.readFooter(site.database)
    const tags = async () =>
      await Promise.all(['/es/about', '/es/confidence'].map(async (path) => (await newsroom.get(path)).headers.get('ETag')))
    const before = await tags()
    const prints = async () =>
      (await newsroom.database.query.selectFrom('edition').select('print').where('briefing_id', '=', 'about').execute()).map(
        ({ print }) => print,
      )
    const printed = await prints()
    await newsroom.takeBack('privacy')
    expect(await site.readFooter(site.database)).toBe(true)
    const after = await tags()
    expect(after.every((tag, at) => tag !== before[at])).toBe(true)
    expect(await prints()).toEqual(printed)
    expect(await newsroom.text('/es/about')).not.toContain('Your data')
    expect(await site.readFooter(site.database)).toBe(false)
  })
})
