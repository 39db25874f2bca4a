import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PseudoLocale, pseudoLocales } from '../../src/language/locale'
import { pseudoText } from '../../src/language/pseudo'
import { launch, reader } from '../support/browser'
import { type RunningServer, startServer } from '../support/server'
import { overflowing, type Survey, slugs, surveyOf, untranslated, walk, windows } from '../support/walk'

let server: RunningServer
let browser: Browser

beforeAll(async () => {
  server = await startServer({ ORIGIN: 'http://127.0.0.1', PSEUDO_LOCALES: 'on' })
  browser = await launch()
})
afterAll(async () => {
  await browser.close()
  await server.remove()
})

const still = { bypassCSP: true, reducedMotion: 'reduce' } as const

/** What is not mirrored, or is and should not be. */
function misplaced(locale: PseudoLocale, { lang, dir, brand }: Survey): readonly string[] {
  const isMirrored = locale === 'ar-XB'
  const [isRightToLeft, isOnTheRight] = [dir === 'rtl', brand !== null && brand > 0.5]
  return [
    ...(lang === locale ? [] : [`the page is in ${lang}`]),
    ...(isRightToLeft === isMirrored ? [] : [`the page runs ${dir}`]),
    ...(brand !== null && isOnTheRight === isMirrored ? [] : ['the name of the site stands on the wrong side']),
  ]
}

describe.each(pseudoLocales)('a developer who walks the whole site in %s', (locale) => {
  test('finds no untranslated string and nothing that does not fit, at a desk and on a small phone', async () => {
    const { page, context } = await reader(browser, { ...still, locale })
    const faults = new Map<string, string>()
    const ends = ['', 'nothing-here', '?impact=none', 'join/circle', 'account/deleted']
    const paths = ends.map((end) => `/${locale}/${end}`)
    const opened = await walk(page, server.url, locale, paths, (survey, path, window) => {
      for (const fault of [...untranslated(locale, survey), ...overflowing(survey), ...misplaced(locale, survey)]) {
        if (!faults.has(fault)) faults.set(fault, `first on ${path}, at ${window}`)
      }
    })
    await context.close()
    expect(Object.fromEntries(faults)).toEqual({})
    expect(opened).toEqual(
      expect.arrayContaining([
        ...slugs.flatMap((slug) => [`/${locale}/briefings/${slug}`, `/${locale}/briefings/${slug}/bilingual`]),
        ...['confidence', 'nothing-here', '?impact=high', '?region=FR', `?only=${locale}`].map((path) => `/${locale}/${path}`),
      ]),
    )
  })
})

/** What somebody could slip into a page, as a script that does it, and what of it is to be found. */
const plants = [
  ['a sentence', "main.append('Nobody translated this')", 'Nobody translated this'],
  ['a word glued to a translated one', "main.append(pseudo + ' reads')", 'reads'],
  ['a label that only screen readers say', "main.setAttribute('aria-label', 'Main text')", 'Main text'],
  ['a placeholder', "main.innerHTML += '<input placeholder=Search>'", 'Search'],
  ['a button of the old kind', "main.innerHTML += '<input type=submit value=Send>'", 'Send'],
  ['a picture’s text', "main.innerHTML += '<img alt=Chart>'", 'Chart'],
  ['an entry of a list', "document.querySelector('select').innerHTML += '<option>None'", 'None'],
  ['a title', "document.title += ' page'", 'page'],
  ['a description', "document.querySelector('meta[name=description]').content = 'All about it'", 'All about it'],
  ['English that says it is English, in place of a translation', "main.innerHTML += '<p lang=en>In English</p>'", 'In English'],
  ['the name of a language where it stands for no language', "main.append('English')", 'English'],
] as const

const strain = 'position: relative; inline-size: 5rem; white-space: nowrap'
const misfits = [
  ['a line wider than the window', `main.innerHTML += '<p style="white-space: nowrap">' + pseudo.repeat(40)`],
  ['a line that is cut', `main.innerHTML += '<p style="${strain}; overflow: hidden">' + pseudo.repeat(3)`],
  ['a line that has to be scrolled by hand', `main.innerHTML += '<p style="${strain}; overflow: auto">' + pseudo.repeat(3)`],
  ['a line that runs into its neighbour', `main.innerHTML += '<p style="${strain}">' + pseudo.repeat(3)`],
  ['lines cut at a height', `main.innerHTML += '<p style="block-size: 1rem; overflow: hidden">' + pseudo.repeat(40)`],
  ['a text pushed out on the left', `main.innerHTML += '<p style="position: relative; left: -12rem">' + pseudo`],
  ['a text pushed out on the right', `main.innerHTML += '<p style="position: relative; left: 12rem">' + pseudo.repeat(9)`],
] as const

describe.each(pseudoLocales)('the walk in %s would have found', (locale) => {
  const pseudo = pseudoText('Dredged', locale)

  let page: Page
  beforeAll(async () => {
    page = (await reader(browser, { ...still, viewport: windows[1].size })).page
  })

  async function planted(script: string) {
    await page.goto(`${server.url}/${locale}/`)
    await page.evaluate(`{ const main = document.querySelector('main'); const pseudo = ${JSON.stringify(pseudo)}; ${script} }`)
    const survey = await surveyOf(page)
    return { strings: untranslated(locale, survey), misfits: overflowing(survey) }
  }

  test.each(plants)('%s', async (_name, script, found) => {
    const { strings } = await planted(script)
    expect(strings).toEqual([expect.stringContaining(`“${found}” in `)])
  })

  test.each(misfits)('%s', async (_name, script) => {
    const found = await planted(script)
    expect(found.strings).toEqual([])
    expect(found.misfits).not.toEqual([])
  })

  test('and nothing in what is pseudo, a fact, or English beside its translation', async () => {
    const { strings, misfits: none } = await planted(
      `main.append(pseudo + ' 94 %, Vernacular'); main.innerHTML += '<div><p lang=${locale}>' + pseudo + '</p><p lang=en>Dredged</p></div>'`,
    )
    expect([strings, none]).toEqual([[], []])
  })
})
