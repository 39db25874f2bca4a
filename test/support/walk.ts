import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { Briefing } from '../../src/briefings/briefing'
import { isForReaders } from '../../src/briefings/confidence'
import { readBriefingFile } from '../../src/briefings/files'
import { gatherKit } from '../../src/doors/kit'
import { given } from '../../src/language/given'
import { type Locales, type PseudoLocale, pseudoLocales, publicLocales } from '../../src/language/locale'
import { root } from './server'

/** A text of a page. */
export interface SaidText {
  readonly where: string
  readonly text: string
  /** The language that it is marked as. */
  readonly lang: string
  /** Whether a text in the page's language stands beside it. */
  readonly isBeside: boolean
}

/** What a page says and how it sits in its window: see `survey.js`. */
export interface Survey {
  readonly lang: string
  readonly dir: string
  /** The middle of the site's name at the top, as a share of the window from its left; `null` where it is not there. */
  readonly brand: number | null
  readonly texts: readonly SaidText[]
  readonly faults: readonly { readonly where: string; readonly text: string; readonly fault: string }[]
  /** Where its links and its forms lead. */
  readonly addresses: readonly string[]
}

/** Every locale that a page may name. */
const tags = [
  ...readdirSync(join(root, 'locales'), { withFileTypes: true }).flatMap((each) => (each.isDirectory() ? [each.name] : [])),
  ...pseudoLocales,
]

const surveyor = readFileSync(join(import.meta.dirname, 'survey.js'), 'utf8')

export async function surveyOf(page: Page): Promise<Survey> {
  await page.evaluate('document.fonts.ready.then(() => {})')
  return await page.evaluate<Survey>(`${surveyor}; survey()`)
}

export const windows = [
  { name: 'a desk', size: { width: 1280, height: 900 } },
  { name: 'a small phone', size: { width: 320, height: 640 } },
] as const

/** No site of a few briefings has more pages: a walk that finds more goes round in circles. */
const pagesMax = 400

/**
 * Opens every page that links and forms lead to from these paths within their locale, at each window, and gives each survey to
 * `look`. Returns the addresses of the pages, without the origin.
 */
export async function walk(
  page: Page,
  origin: string,
  locale: PseudoLocale,
  paths: readonly string[],
  look: (survey: Survey, path: string, window: string) => void,
): Promise<readonly string[]> {
  const found = new Set(paths)
  const opened: string[] = []
  for (const path of found) {
    if (found.size > pagesMax) throw new Error(`The walk found more than ${pagesMax} pages, at last ${path}.`)
    const response = await page.goto(origin + path)
    if (!response?.headers()['content-type']?.startsWith('text/html')) continue
    opened.push(path)
    for (const { name, size } of windows) {
      await page.setViewportSize(size)
      const survey = await surveyOf(page)
      look(survey, path, name)
      for (const address of survey.addresses) {
        const { origin: other, pathname, search } = new URL(address)
        const isPage = pathname.startsWith(`/${locale}/`) && !/\.[a-z]+$/.test(pathname)
        if (other === origin && isPage) found.add(pathname + search)
      }
    }
  }
  return opened
}

const { settings } = gatherKit(root)

const samples = readdirSync(join(root, 'db/briefings')).flatMap((name) => {
  const file = `db/briefings/${name}`
  const read = readBriefingFile(file, readFileSync(join(root, file)))
  return 'slug' in read ? [read] : []
})

/** The briefings that readers can open. */
export const slugs = samples
  .filter(
    ({ state, confidence, publishedAt }) =>
      state === 'published' && isForReaders(given({ confidence }), settings) && Date.parse(publishedAt) < Date.now(),
  )
  .map(({ slug }) => slug)

/** What is said of the samples that no translator touches: names as they are, and words of CLDR as Intl has them in the locale. */
function factsIn(locale: PseudoLocale): readonly string[] {
  const list = new Intl.ListFormat(locale)
  const regionNames = new Intl.DisplayNames(locale, { type: 'region' })
  const region = (code: string) => regionNames.of(code) ?? code
  const months = Array.from({ length: 12 }, (_, month) =>
    (['long', 'short'] as const).map((style) =>
      new Intl.DateTimeFormat(locale, { month: style, day: 'numeric', timeZone: 'UTC' })
        .formatToParts(Date.UTC(2024, month))
        .flatMap(({ type, value }) => (type === 'month' ? [value] : [])),
    ),
  ).flat(2)
  const signed = (byline: Briefing['byline']) => {
    const names = byline.map((each) => (typeof each === 'string' ? each : each.organisation))
    return [list.format(names), ...names]
  }
  const told = samples.flatMap(({ organisations, byline, image, regions }) => [
    ...organisations.map(({ name }) => name),
    ...signed(byline),
    ...(image ? [image.by] : []),
    ...[list.format(regions.map(region)), ...regions.map(region)].flatMap((name) => [name, capital(name, locale)]),
  ])
  const ownLanguage = new Intl.DisplayNames(locale, { type: 'language' }).of(locale) ?? locale
  const facts = new Set(['Vernacular', 'Pseudo', ownLanguage, ...months, ...told, listedLanguages(locale)])
  return [...facts].sort((one, other) => other.length - one.length)
}

/** The languages that a site lists, as the page of translations names them in one sentence. */
function listedLanguages(locale: PseudoLocale): string {
  const index = JSON.parse(readFileSync(join(root, 'locales/index.json'), 'utf8')) as Locales
  const names = new Intl.DisplayNames(locale, { type: 'language' })
  const listed = [...publicLocales(index).filter((tag) => tag !== index.source), locale]
  return new Intl.ListFormat(locale).format(listed.map((tag) => names.of(tag) ?? tag))
}

const capital = (name: string, locale: string) => name.charAt(0).toLocaleUpperCase(locale) + name.slice(1)

/** The names of languages, as the table of languages has them. */
function languagesIn(locale: PseudoLocale): ReadonlySet<string> {
  const names = new Intl.DisplayNames(locale, { type: 'language' })
  return new Set(tags.map((tag) => names.of(tag) ?? tag).map((name) => capital(name, locale)))
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

/** What is left of a text without these phrases, where they stand as words of their own. */
const without = (text: string, phrases: readonly string[]) =>
  text.replace(new RegExp(`(?<!\\p{L})(?:${phrases.map(escaped).join('|')})(?!\\p{L})`, 'gu'), '')

/** A language's name in itself, as the menu of languages has it. */
function ownName(tag: string): string {
  return capital(new Intl.DisplayNames(tag, { type: 'language' }).of(tag) ?? '', tag)
}

/** What is still recognisable as words after all pseudo ones are taken out. */
const foreign: Readonly<Record<PseudoLocale, (text: string) => readonly string[]>> = {
  'en-XA': (text) => text.match(/[a-z]+/gi) ?? [],
  'ar-XB': (text) => text.replace(/\u202e[^\u202c]*\u202c/g, '').match(/\p{L}+/gu) ?? [],
}

/**
 * The texts of a survey in which something is neither pseudo nor a fact, each as a line. English that is marked as English is
 * rightly so only beside its translation.
 */
export function untranslated(locale: PseudoLocale, { texts }: Pick<Survey, 'texts'>): readonly string[] {
  const facts = factsIn(locale)
  const languages = languagesIn(locale)
  return texts.flatMap(({ where, text, lang, isBeside }) => {
    if ((lang === 'en' && isBeside) || (lang !== '' && text === ownName(lang))) return []
    if (where === 'tr > th > div > a' && languages.has(text)) return []
    const left = foreign[locale](without(text.replace(/https?:\/\/\S+|[\w.-]+@[\w.-]+/g, ''), facts))
    return left.length === 0 ? [] : [`${where}: “${left.join(' ')}” in “${text}”`]
  })
}

/** What does not fit on a page, each as a line. */
export const overflowing = ({ faults }: Pick<Survey, 'faults'>): readonly string[] =>
  faults.map(({ where, text, fault }) => `${where}: “${text}” ${fault}`)
