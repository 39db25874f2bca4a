import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { kit } from '#runtime'
import { readConfig } from '../../src/config'
import type { Card } from '../../src/editions/card'
import type { Appeared } from '../../src/feeds/feed'
import { direction } from '../../src/language/locale'
import { aMail } from '../../src/mail/mail'
import { digestMax, summaryMax } from '../../src/newsletter/newsletter'
import { digestLetter } from '../../src/newsletter/newsletter-letters'
import { openSite, type Site } from '../../src/site'
import { find, tagsOf } from '../support/html'
import { sampleSettings } from '../support/settings'

let site: Site
beforeAll(async () => {
  site = await openSite(kit, readConfig({ ORIGIN: 'https://briefings.example', SITE_NAME: 'Harbour & Co' }, sampleSettings))
})

const locales = kit.locales.locales.map(({ tag }) => tag)
const stop = '/x/newsletter/stop/x'

/** A briefing as a digest is given it, whose texts are in the language that it is served in. */
function appeared(isNative: boolean, lang: string, title: string, summary = `Summary of ${title}`): Appeared {
  const text = (said: string) => ({ lang, text: said })
  const card: Card = {
    slug: 'harbour-closes',
    locale: lang,
    kind: 'event',
    category: 'infrastructure',
    domain: 'infrastructure',
    impact: 'high',
    confidence: 0.8,
    grade: 'ab',
    regions: [],
    title: text(title),
    summary: text(summary),
    topic: text('Topic'),
    image: { file: 'x.svg', width: 1, height: 1 },
    publishedAt: '2025-11-17T08:00:00Z',
    minutes: 3,
  }
  return { isNative, card }
}

const write = (locale: string, all: readonly Appeared[]) => digestLetter(site, site.speak(locale), all, stop)

describe.each(locales)('a digest in %s', (locale) => {
  const elsewhere = locale === 'en' ? [] : [appeared(false, 'en', 'In English')]
  const letterIn = () => write(locale, [appeared(true, locale, 'Ours'), ...elsewhere])

  test('is in that language throughout, what can be read in it first, then what cannot, which says so', () => {
    const { t, dir } = site.speak(locale)
    const { text, html, subject } = letterIn()
    expect(find(html, 'html')[0]?.attributes.get('dir')).toBe(dir)
    expect(subject).toContain('Ours')
    const inOrder = [t('newsletter.mail.intro'), t('index.native'), 'Ours', 'Summary of Ours']
    if (locale !== 'en')
      inOrder.push(t('newsletter.mail.elsewhere'), 'In English', t('card.in-source-language'), 'Summary of In English')
    inOrder.push(t('newsletter.mail.all'), t('newsletter.mail.change'), t('follow.stop.title'))
    const lines = text.split('\n')
    const places = inOrder.map((each) => lines.indexOf(each))
    expect(places).not.toContain(-1)
    expect(places).toEqual(places.toSorted((one, other) => one - other))
    expect(find(html, 'h2').map((each) => each.text)).toEqual(
      [t('index.native'), t('newsletter.mail.elsewhere')].slice(0, locale === 'en' ? 1 : 2),
    )
  })

  test('marks titles and texts that are in another language, with its direction, and no others', () => {
    const { html } = letterIn()
    const marked = tagsOf(html).filter(({ name, attributes }) => ['h3', 'p'].includes(name) && attributes.has('lang'))
    expect(marked.map(({ name, attributes }) => [name, attributes.get('lang'), attributes.get('dir')])).toEqual(
      locale === 'en' ? [] : ['h3', 'p'].map((name) => [name, 'en', 'ltr']),
    )
  })

  test('leads to this site alone, to the briefing in its reader’s language', () => {
    const hrefs = find(letterIn().html, 'a').map(({ attributes }) => attributes.get('href'))
    expect(hrefs).toContain(`https://briefings.example/${locale}/briefings/harbour-closes`)
    expect(hrefs).toContain(`https://briefings.example/${locale}/newsletter`)
    expect(hrefs.filter((href) => new URL(href ?? '').origin !== 'https://briefings.example')).toEqual([])
  })
})

test('a neighbour’s language is named as that, not as English; a text filled from English is marked though its title is not', () => {
  const { html, text } = write('ca', [appeared(false, 'es', 'En castellano')])
  expect(text).toContain('En castellano\nEspanyol\n')
  expect(text).not.toContain(site.speak('ca').t('card.in-source-language'))
  expect(find(html, 'h3', { lang: 'es' })).toHaveLength(1)
  const [partial] = [appeared(true, 'ar', 'بالعربية')]
  if (!partial) throw new Error('There is one.')
  const mixed = write('ar', [{ ...partial, card: { ...partial.card, summary: { lang: 'en', text: 'Not yet.' } } }])
  expect(find(mixed.html, 'p', { lang: 'en', dir: 'ltr' }).map((each) => each.text)).toEqual(['Not yet.'])
  expect(direction('ar')).toBe('rtl')
})

test('of more than fit the rest is left to the site, and long summaries are cut', () => {
  const many = (count: number) =>
    write(
      'en',
      Array.from({ length: count }, (_, index) => appeared(true, 'en', `Number ${index}`)),
    )
  const more = site.speak('en').t('newsletter.mail.more')
  expect([many(digestMax).text.includes(more), many(digestMax + 1).text.includes(more)]).toEqual([false, true])
  expect(find(many(digestMax + 1).html, 'h3')).toHaveLength(digestMax)
  const long = write('en', [appeared(true, 'en', 'Long', 'word '.repeat(1000))])
  const [summary] = find(long.html, 'p').filter((each) => each.text.startsWith('word'))
  expect(summary?.text.length).toBeLessThanOrEqual(summaryMax + 1)
  expect(summary?.text.endsWith('…')).toBe(true)
})

describe('what a title or a summary says', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(
        fc.constantFrom(
          '\r\nBcc: eve@example.com\r\n',
          '\n\n',
          '\u2028',
          '\u0085',
          '</h3><script>',
          '"',
          '<a href="https://evil.example">',
          '=?utf-8?q?=0ABcc=3A?=',
          '\u202e',
          'x',
        ),
      )
      .map((parts) => parts.join('')),
  )
  const skeleton = (html: string) => tagsOf(html).map(({ name, attributes }) => [name, ...attributes.keys()].join(' '))

  test('becomes no header, no line and no markup, whatever it is', () => {
    const plain = write('ar', [appeared(false, 'en', 'x', 'x')])
    const linesOf = (text: string) => text.split(/[\n\r\v\f\u0085\u2028\u2029]/).length
    fc.assert(
      fc.property(hostile, hostile, (title, summary) => {
        const letter = write('ar', [appeared(false, 'en', title, summary)])
        const mail = aMail('ada@example.com', letter)
        // biome-ignore lint/suspicious/noControlCharactersInRegex: there is to be none.
        expect(mail.subject).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]|=\?/)
        expect(linesOf(letter.text)).toBe(linesOf(plain.text))
        expect(skeleton(letter.html)).toEqual(skeleton(plain.html))
      }),
    )
  })
})
