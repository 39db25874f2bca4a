import { SaxesParser } from 'saxes'
import { beforeEach, describe, expect, test } from 'vitest'
import { aBriefing, aTranslation } from '../support/briefings'
import { attributesOf, find } from '../support/html'
import { type Newsroom, openNewsroom } from '../support/newsroom'

const origin = 'https://briefings.example'
const at = (locale: string) => `${origin}/${locale}/briefings/harbour-closes`

let newsroom: Newsroom
beforeEach(async () => {
  newsroom = await openNewsroom()
  const briefing = aBriefing({ title: 'Harbour <closes> & "waits"', formerSlugs: ['harbour-shuts'] })
  await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es'), aTranslation(briefing, 'ar')] })
})

const ask = (parameters: Record<string, string>) => newsroom.ask(`/oembed?${new URLSearchParams(parameters)}`)
const answer = async (parameters: Record<string, string>) =>
  (await (await ask(parameters)).json()) as Record<string, string | number>

describe('oEmbed', () => {
  test('is found on the page and answers with a frame of the page’s language, its card, and all that version 1.0 demands', async () => {
    const page = await newsroom.text('/es/briefings/harbour-closes')
    const [link = ''] = attributesOf(page, 'link', 'href', { type: 'application/json+oembed' })
    expect(link.startsWith(`${origin}/oembed?url=`)).toBe(true)
    const response = await newsroom.ask(link.slice(origin.length))
    expect(response.headers.get('Content-Type')).toBe('application/json; charset=utf-8')
    expect(response.headers.get('Content-Language')).toBe('es')
    const told = (await response.json()) as Record<string, string | number>
    expect(told).toMatchObject({ version: '1.0', type: 'rich', provider_name: 'Vernacular', provider_url: `${origin}/` })
    expect(told).toMatchObject({ width: 600, height: 320, thumbnail_width: 1200, thumbnail_height: 630 })
    expect([told['thumbnail_url']]).toEqual(attributesOf(page, 'meta', 'content', { property: 'og:image' }))
    const [frame] = find(String(told['html']), 'iframe', {})
    expect(frame?.attributes.get('src')).toBe(`${at('es')}/embed`)
    expect(frame?.attributes.get('title')).toBe(told['title'])
  })

  test('knows a briefing by every spelling of its address, and answers in English where none names a language', async () => {
    const framed = async (url: string, lang?: string) =>
      find(String((await answer({ url, ...(lang === undefined ? {} : { lang }) }))['html']), 'iframe', {})[0]?.attributes.get(
        'src',
      )
    for (const url of [at('es'), at('ES'), at('es-ES'), `${at('es')}.json`, `${at('es')}?utm=1#title`, `${at('es')}/embed`]) {
      expect([url, await framed(url)]).toEqual([url, `${at('es')}/embed`])
    }
    expect(await framed(`${origin}/es/briefings/harbour-shuts`)).toBe(`${at('es')}/embed`)
    expect(await framed(`${origin}/briefings/harbour-closes`)).toBe(`${at('en')}/embed`)
    expect(await framed(`${origin}/briefings/harbour-closes`, 'ar-EG')).toBe(`${at('ar')}/embed`)
    expect(await framed(`${origin}/briefings/harbour-closes`, 'tlh')).toBe(`${at('en')}/embed`)
    expect(await framed(at('es'), 'ar')).toBe(`${at('es')}/embed`)
  })

  test.each([
    ['https://elsewhere.example/es/briefings/harbour-closes', 404],
    ['https://briefings.example.evil.example/es/briefings/harbour-closes', 404],
    ['http://briefings.example/es/briefings/harbour-closes', 404],
    [`${origin}/es/`, 404],
    [`${origin}/tlh/briefings/harbour-closes`, 404],
    [`${origin}/es/briefings/nowhere`, 404],
    [`${origin}/es/briefings/%zz`, 404],
    ['javascript:alert(1)', 404],
    ['', 404],
  ])('answers for no other address: %s', async (url, status) => {
    expect((await ask({ url })).status).toBe(status)
  })

  test('says what it cannot do: no address, a size that is none, a format that it does not speak', async () => {
    expect((await ask({})).status).toBe(400)
    expect((await ask({ url: at('en'), maxwidth: '0' })).status).toBe(400)
    expect((await ask({ url: at('en'), maxheight: '1e3' })).status).toBe(400)
    const unspoken = await ask({ url: at('en'), format: 'yaml' })
    expect([unspoken.status, unspoken.headers.get('Content-Type')]).toEqual([501, 'application/problem+json'])
  })

  test('takes no more room than there is, and shows no thumbnail that is larger', async () => {
    const small = await answer({ url: at('en'), maxwidth: '300', maxheight: '200' })
    expect([small['width'], small['height'], small['thumbnail_url']]).toEqual([300, 200, undefined])
    const [frame] = find(String(small['html']), 'iframe', {})
    expect([frame?.attributes.get('width'), frame?.attributes.get('height')]).toEqual(['300', '200'])
    expect((await answer({ url: at('en'), maxwidth: '1200', maxheight: '700' }))['thumbnail_width']).toBe(1200)
  })

  test('says the same in XML, well-formed whatever the title is', async () => {
    const response = await ask({ url: at('en'), format: 'xml' })
    expect(response.headers.get('Content-Type')).toBe('text/xml; charset=utf-8')
    const told: Record<string, string> = {}
    let name = ''
    const parser = new SaxesParser()
    parser.on('opentag', (tag) => {
      name = tag.name
    })
    parser.on('text', (text) => {
      if (name !== 'oembed' && text.trim() !== '') told[name] = (told[name] ?? '') + text.replace(/\n {2}$/, '')
    })
    parser.write(await response.text()).close()
    const json = Object.entries(await answer({ url: at('en') })).map(([key, value]) => [key, String(value)])
    expect(told).toEqual(Object.fromEntries(json))
  })
})

describe('the frame for other sites', () => {
  test('may be framed by everyone, runs nothing, and reads no cookie; no other page may be framed', async () => {
    const response = await newsroom.get('/es/briefings/harbour-closes/embed', { Cookie: 'locale=ar' })
    const policy = response.headers.get('Content-Security-Policy') ?? ''
    expect(policy).toContain('frame-ancestors *')
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('script-src')
    const html = await response.text()
    expect(find(html, 'script', {})).toEqual([])
    expect(html).toContain('<html lang="es"')
    for (const path of ['/es/briefings/harbour-closes', '/es/briefings/harbour-closes/share', '/es/']) {
      expect((await newsroom.get(path)).headers.get('Content-Security-Policy')).toContain("frame-ancestors 'none'")
    }
  })

  test('says in the language asked for that the briefing is not there in it, around an article in the language served', async () => {
    const html = await newsroom.text('/ja/briefings/harbour-closes/embed')
    const { t } = newsroom.site.speak('ja')
    expect(html).toContain(t('notice.not-yet-available'))
    expect(html).toContain('<html lang="ja" dir="ltr"')
    expect(find(html, 'article', {})[0]?.attributes.get('lang')).toBe('en')
    const arabic = await newsroom.text('/ar/briefings/harbour-closes/embed')
    expect(arabic).toContain('<html lang="ar" dir="rtl"')
    expect(arabic).not.toContain(newsroom.site.speak('ar').t('notice.not-yet-available'))
  })

  test('follows a briefing to its new address, and is not there for what is not', async () => {
    const moved = await newsroom.get('/es/briefings/harbour-shuts/embed')
    expect([moved.status, moved.headers.get('Location')]).toEqual([301, '/es/briefings/harbour-closes/embed'])
    expect((await newsroom.get('/es/briefings/nowhere/embed')).status).toBe(404)
    expect((await newsroom.get('/tlh/briefings/harbour-closes/embed')).status).toBe(404)
  })
})

describe('the page to share a briefing by', () => {
  test('is led to from the foot of the article, and needs neither a script nor another site', async () => {
    const article = await newsroom.text('/es/briefings/harbour-closes')
    expect(attributesOf(article, 'a', 'href', {})).toContain('/es/briefings/harbour-closes/share')
    const page = await newsroom.text('/es/briefings/harbour-closes/share')
    expect(attributesOf(page, 'input', 'value', { id: 'address' })).toEqual([at('es')])
    const addresses = ['a', 'img', 'script', 'link'].flatMap((tag) =>
      [...attributesOf(page, tag, 'href', {}), ...attributesOf(page, tag, 'src', {})].filter(Boolean),
    )
    expect(addresses.filter((each) => !/^(\/(?!\/)|mailto:\?|#|https:\/\/briefings\.example\/)/.test(each))).toEqual([])
  })

  test('writes a mail in the reader’s language, whose title and address survive whatever they hold', async () => {
    const page = await newsroom.text('/en/briefings/harbour-closes/share')
    const [mail = ''] = attributesOf(page, 'a', 'href', {}).filter((each) => each.startsWith('mailto:'))
    const [, query = ''] = mail.split('?')
    const fields = Object.fromEntries(query.split('&').map((pair) => pair.split('=').map(decodeURIComponent)))
    expect(fields['subject']).toBe('Harbour <closes> & "waits"')
    expect(fields['body'].split('\r\n')).toEqual([
      newsroom.site.speak('en').t('share.mail.text', { site: 'Vernacular' }),
      '',
      'Harbour <closes> & "waits"',
      at('en'),
    ])
  })

  test('shares what its reader reads: where that is English in place of their language, it says so and gives the English address', async () => {
    const page = await newsroom.text('/ja/briefings/harbour-closes/share')
    expect(attributesOf(page, 'input', 'value', { id: 'address' })).toEqual([at('en')])
    expect(page).toContain(newsroom.site.speak('ja').t('notice.not-yet-available'))
    expect(attributesOf(page, 'a', 'href', { hreflang: 'es' })).toContain('/es/briefings/harbour-closes')
  })
})
