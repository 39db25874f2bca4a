import { type Locale, openLocales } from '../../language/locale'
import { type StatusLine, statusAfter } from '../../newsroom/status'
import type { Release } from '../../releases/release'
import { command } from '../command'
import { asJson, counted, say } from '../report'
import { notPublished, targetOf, thereIn, type Whereabouts, where, withSite } from './open'
import { minuteOf } from './publish'
import { pendingLines } from './releases'

const briefingsAtOnce = 50

/** Shows the state of each translation: a table of locales and briefings, or the segments of one locale. */
export const statusCommand = command({
  name: 'status',
  about:
    'Show the state of each translation: what readers have, coverage, outdated segments, texts set aside, words left, reports, demand (fallback views), requests',
  options: {
    locale: { type: 'text', about: 'Only this language, with the segments that need work' },
    ...where,
  },
  example: '--locale es',
  run: (given) =>
    withSite(given.edge, async (site) => {
      const { locales } = site
      const targets =
        given.locale !== undefined ? [targetOf(site, given.locale)] : openLocales(locales).filter((tag) => tag !== locales.source)
      const all: StatusLine[] = []
      const drafts: string[] = []
      const takenBack: string[] = []
      const releases: Release[] = []
      for (let after: string | undefined = ''; after !== undefined; ) {
        const page = await statusAfter(site, targets, after, briefingsAtOnce)
        all.push(...page.rows)
        drafts.push(...page.drafts)
        takenBack.push(...page.takenBack.map((each) => returning(each, locales.source, given)))
        releases.push(...page.releases)
        after = page.next
      }
      if (given.json) say(asJson(all))
      else
        for (const line of [
          ...table(all, given.locale !== undefined),
          ...takenBack,
          ...remarks({ all, drafts, releases }, locales.source, given),
          ...(await pendingLines(site, releases)),
        ])
          say(line)
    }),
})

const columns = [
  'done',
  'outdated',
  'minor',
  'typo',
  'machine',
  'set aside',
  'words left',
  'reports',
  'demand',
  'requests',
] as const

/** A line for each briefing and language: counts of segments that are outdated, slightly behind, drafted by a machine. Then these segments. */
function table(all: readonly StatusLine[], withSegments: boolean): readonly string[] {
  const width = Math.max(8, ...all.map(({ slug }) => slug.length))
  const line = (slug: string, locale: string, state: string, published: string, numbers: readonly (string | number)[]) =>
    [
      slug.padEnd(width),
      locale.padEnd(7),
      state.padEnd(9),
      published.padEnd(12),
      ...numbers.map((each, index) => String(each).padStart(Math.max(4, columns[index]?.length ?? 0))),
    ].join('  ')
  return [
    line('briefing', 'locale', 'state', 'readers have', columns),
    ...all.flatMap(
      ({ slug, locale, state, published, coverage, behind, missing, machine, aside, words, reports, demand, requests }) => {
        const { material, minor, typo } = behind
        const done = `${Math.floor(coverage * 100)}%`
        const numbers = [
          done,
          material.length,
          minor.length,
          typo.length,
          machine.length,
          aside.length,
          words,
          reports,
          demand,
          requests,
        ]
        const named = (what: string, ids: readonly string[]) => ids.map((id) => `  ${what.padEnd(9)}  ${id}`)
        const segments = [
          ...named('outdated', material),
          ...named('minor', minor),
          ...named('typo', typo),
          ...named('missing', missing),
          ...named('set aside', aside),
        ]
        return [line(slug, locale, state, published, numbers), ...(withSegments && state !== 'none' ? segments : [])]
      },
    ),
  ]
}

/** A line for each briefing that nobody has published, and for each of which readers have something earlier than the newest. */
function remarks({ all, drafts, releases }: Seen, source: Locale, given: Whereabouts): readonly string[] {
  const shown = releases.filter(({ state, items }) => state === 'scheduled' && items.some(({ act }) => act === 'show'))
  const isScheduled = (slug: string, locale: Locale) =>
    shown.some(({ name, items }) => name === slug && items.some((each) => each.locale === locale && each.act === 'show'))
  const advice = (slug: string, locales: readonly Locale[]) => {
    const left = locales.filter((each) => !isScheduled(slug, each))
    return left.length === 0 ? [] : [`${slug}: ${notPublished(slug, left, given)}`]
  }
  return [
    ...shown.map(({ name, items, dueAt }) => {
      const locales = items.map(({ locale }) => locale)
      return `${name}: ${locales.join(', ')} scheduled for ${minuteOf(dueAt ?? '')}.`
    }),
    ...drafts.flatMap((slug) => advice(slug, [source])),
    ...all.flatMap(({ slug, locale, aside }) => {
      const counts = counted(aside.length, 'text has', 'texts have')
      return aside.length === 0
        ? []
        : [`${slug}: ${counts} another set aside in ${locale}. To see both: export ${locale} ${slug}${thereIn(given)}`]
    }),
    ...[...Map.groupBy(all, ({ slug }) => slug)].flatMap(([slug, lines]) => {
      const english = lines.some((each) => each.english === 'earlier') ? [source] : []
      return advice(slug, [...english, ...lines.filter(({ published }) => published === 'earlier').map(({ locale }) => locale)])
    }),
  ]
}

interface Seen {
  readonly all: readonly StatusLine[]
  readonly drafts: readonly string[]
  readonly releases: readonly Release[]
}

/** Since when a briefing is taken back, and how readers get it again. */
const returning = ({ slug, at }: { readonly slug: string; readonly at: string }, source: Locale, given: Whereabouts) =>
  `${slug}: taken back since ${minuteOf(at)}. To give it back to readers: publish ${slug} ${source}${thereIn(given)}`
