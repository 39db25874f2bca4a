import { canonical, type Locale, type Locales } from '../language/locale'
import { meant } from '../language/negotiation'
import { escaped } from '../language/xml'
import { Refusal } from '../problem'
import type { Settings } from '../settings/settings'

/** What the owner of a new site says. */
export interface Wanted {
  readonly name: string
  readonly languages: readonly Locale[]
  readonly origin?: string | undefined
}

/** What a new site is made from: what the program's sample decides, the languages of the program, and the texts to begin with. */
export interface Beginning {
  readonly settings: Settings
  readonly locales: Locales
  readonly texts: readonly (readonly [path: string, text: string])[]
}

const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`

/** The files of a new site, by their paths below its folder. Everything in them is dated at this instant. */
export function starterFiles(
  { name, languages, origin }: Wanted,
  { settings, locales, texts }: Beginning,
  now: string,
): readonly (readonly [path: string, text: string])[] {
  const { zone, tiers, vocabulary, confidence, features } = settings
  const decided = {
    name,
    ...(origin === undefined ? {} : { origin }),
    zone,
    brand: { icon: 'icon.svg', profiles: [] },
    ...{ tiers, vocabulary, requires: [], confidence, pages: pagesIn(texts), features },
  }
  const own = languagesOf(locales, languages)
  return [
    ['site.json', json(decided)],
    ['icon.svg', iconOf(name)],
    ['.gitignore', 'data/\n'],
    ['locales/index.json', json({ source: locales.source, locales: own })],
    ...own.map(({ tag }) => [`locales/${tag}/site.json`, json({})] as const),
    ...texts.map(([path, text]) => [path, begun(path, text, { name, now })] as const),
  ]
}

const pagesIn = (texts: Beginning['texts']) => texts.flatMap(([path]) => /^pages\/(.+)\.md$/.exec(path)?.[1] ?? [])

/** The source and these languages. One that the program does not know is in preview: its words are still to be translated. */
function languagesOf(known: Locales, wanted: readonly Locale[]): Locales['locales'] {
  const tags = [...new Set([known.source, ...wanted])]
  return tags.map((tag) => {
    const entry = known.locales.find((each) => each.tag === tag) ?? { tag, state: 'preview' as const, fallback: [] }
    return { ...entry, fallback: entry.fallback.filter((other) => tags.includes(other)) }
  })
}

/** A language that was typed, as the program spells it. Throws if it is none. */
export function languageIn(known: Locales, typed: string): Locale {
  const tag = meant(known, typed) ?? canonical(typed)
  if (tag === undefined) throw new Refusal('init.language', { language: typed })
  return tag
}

/** A text with the name of the site and today's date in it. */
function begun(path: string, text: string, { name, now }: { readonly name: string; readonly now: string }): string {
  if (path.startsWith('pages/')) return text.replace(/^publishedAt: .*$/m, `publishedAt: ${now.slice(0, 10)}`)
  if (!path.startsWith('briefings/')) return text
  const { revisions, ...briefing } = JSON.parse(text) as { readonly revisions: readonly object[] }
  return json({
    ...briefing,
    publishedAt: now,
    byline: [{ organisation: name }],
    revisions: revisions.map((each) => ({ ...each, savedAt: now })),
  })
}

/** An icon with the first letter of the name. */
function iconOf(name: string): string {
  const [first] = new Intl.Segmenter().segment(name)
  const letter = escaped((first?.segment ?? '').toLocaleUpperCase())
  const text = 'x="32" y="45" text-anchor="middle" font-family="Georgia, serif" font-weight="700" font-size="38" fill="#fff"'
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="14" fill="#1f5f8b"/><text ${text}>${letter}</text></svg>\n`
}
