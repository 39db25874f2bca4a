import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { kit } from '#runtime'
import { readConfig } from '../../src/config'
import { direction } from '../../src/language/locale'
import { openSite, type Site } from '../../src/site'
import { letter } from '../../src/ui/letter'
import { find, tagsOf } from '../support/html'
import { sampleSettings } from '../support/settings'

let site: Site
beforeAll(async () => {
  site = await openSite(kit, readConfig({ ORIGIN: 'https://briefings.example', SITE_NAME: 'Harbour & Co' }, sampleSettings))
})

/** A letter in words of the catalog, with what somebody typed in each place that takes it. */
function aLetter(locale: string, typed = 'Ada') {
  const words = site.speak(locale)
  const { t } = words
  return letter(site, words, {
    subject: t('mail.trial.subject', { site: typed }),
    paragraphs: [t('mail.trial.text', { site: typed }), typed, { lang: 'en', text: `A title ${typed}` }],
    action: { label: `${t('mail.trial.action')} ${typed}`, href: `/${locale}/?name=${encodeURIComponent(typed.toWellFormed())}` },
    closing: `${t('mail.trial.closing')} ${typed}`,
    stop: { label: `${t('follow.stop.title')} ${typed}`, href: `/${locale}/follow/stop/x` },
  })
}

const locales = kit.locales.locales.map(({ tag }) => tag)

/** What a reader of the HTML reads: the text outside the head, a line for each run of it. */
const readIn = (html: string) =>
  html
    .slice(html.indexOf('<body'))
    .split(/<[^>]*>/)
    .map((piece) => piece.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'"))
    .map((piece) => piece.replaceAll('&amp;', '&'))
    .filter((piece) => piece !== '')

describe.each(locales)('a letter in %s', (locale) => {
  test('is in that language throughout, and runs as it does', () => {
    const { html, subject, text, locale: written } = aLetter(locale)
    const { t } = site.speak(locale)
    expect(written).toBe(locale)
    for (const name of ['html', 'div']) {
      const [tag] = find(html, name)
      expect([tag?.attributes.get('lang'), tag?.attributes.get('dir')]).toEqual([locale, direction(locale)])
    }
    expect(subject).toBe((direction(locale) === 'rtl' ? '\u200f' : '') + t('mail.trial.subject', { site: 'Ada' }))
    expect(text).toContain(t('mail.trial.closing'))
    if (locale !== 'en') expect(text).not.toContain(site.speak('en').t('mail.trial.closing'))
  })

  test('has a title in another language marked as that, and only there', () => {
    const marked = find(aLetter(locale).html, 'p', { lang: 'en' })
    expect(marked.map(({ text, attributes }) => [text, attributes.get('dir')])).toEqual(
      locale === 'en' ? [] : [['A title Ada', 'ltr']],
    )
  })

  test('says the same as text and as HTML, in the same order', () => {
    const { html, text } = aLetter(locale, 'A <b>bold</b> & "quoted" name')
    const lines = text.split('\n').filter((line) => line !== '')
    const origin = site.config.origin
    expect(lines.at(-1)).toBe(origin)
    expect(readIn(html)).toEqual(lines.slice(0, -1))
    expect(find(html, 'a').map(({ attributes }) => attributes.get('href'))).toEqual([
      lines[4],
      lines[4],
      lines[7],
      lines[7],
      origin,
    ])
  })
})

describe('what somebody typed into a letter', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(
        fc.constantFrom(
          '<script>',
          '</p>',
          '"',
          "'",
          '&lt;',
          '<a href="https://evil.example">',
          '-->',
          '\r\n',
          '\n\n',
          '\u2028',
          'x',
          ' ',
        ),
      )
      .map((parts) => parts.join('')),
  )

  test('adds no markup to it, whatever it is', () => {
    const skeleton = (html: string) => tagsOf(html).map(({ name, attributes }) => [name, ...attributes.keys()].join(' '))
    const expected = skeleton(aLetter('ar').html)
    fc.assert(
      fc.property(hostile, (typed) => {
        expect(skeleton(aLetter('ar', typed).html)).toEqual(expected)
      }),
    )
  })

  test('adds no line to it, whatever it is', () => {
    const linesOf = (text: string) => text.split(/[\n\r\v\f\u0085\u2028\u2029]/).length
    const expected = linesOf(aLetter('pl').text)
    fc.assert(
      fc.property(hostile, (typed) => {
        const { subject, text } = aLetter('pl', typed)
        expect(linesOf(text)).toBe(expected)
        expect(linesOf(subject)).toBe(1)
      }),
    )
  })

  test.each([
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example',
    'javascript:alert(1)',
    'http://briefings.example/',
    'https://briefings.example.evil/',
  ])('cannot lead elsewhere: %s', (href) => {
    for (const which of ['action', 'stop']) {
      const write = () => letter(site, site.speak('en'), { subject: 'x', paragraphs: [], [which]: { label: 'x', href } })
      expect(write).toThrow(TypeError)
    }
  })
})

test('a letter is plain to read on light and on dark: no colour of its own but the button’s', () => {
  const { html } = aLetter('en')
  expect(find(html, 'meta', { name: 'color-scheme', content: 'light dark' })).toHaveLength(1)
  const coloured = tagsOf(html).filter(({ attributes }) =>
    /(^|;)(color|background[^:]*):(?!inherit)/.test(attributes.get('style') ?? ''),
  )
  expect(coloured.map(({ name, text }) => [name, text])).toEqual([['a', 'Go to the briefings Ada']])
  expect(tagsOf(html).filter(({ name }) => ['img', 'script', 'link', 'iframe', 'form'].includes(name))).toEqual([])
})
