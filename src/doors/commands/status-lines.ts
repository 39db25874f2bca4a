import type { Locale } from '../../language/locale'
import { minuteIn } from '../../language/moment'
import type { StatusLine, StatusPage } from '../../newsroom/status'
import type { ToldRelease } from '../../releases/told'
import { counted } from '../report'
import { notPublished, thereIn, type Whereabouts } from './open'

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
export function table(all: readonly StatusLine[], withSegments: boolean): readonly string[] {
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
export function remarks({ all, drafts, takenBack, releases, source, zone }: Seen, given: Whereabouts): readonly string[] {
  const shown = releases.filter(({ state, items }) => state === 'scheduled' && items.some(({ act }) => act === 'show'))
  const isScheduled = (slug: string, locale: Locale) =>
    shown.some(({ name, items }) => name === slug && items.some((each) => each.locale === locale && each.act === 'show'))
  const advice = (slug: string, locales: readonly Locale[]) => {
    const left = locales.filter((each) => !isScheduled(slug, each))
    return left.length === 0 ? [] : [`${slug}: ${notPublished(slug, left, given)}`]
  }
  return [
    ...takenBack.map(({ slug, at }) => returning(slug, minuteIn(at, zone), source, given)),
    ...shown.map(({ name, items, dueAt }) => {
      const locales = items.map(({ locale }) => locale)
      return `${name}: ${locales.join(', ')} scheduled for ${minuteIn(dueAt ?? '', zone)}.`
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

/** Where everything stands, on this site or elsewhere. */
export interface Seen extends Pick<StatusPage, 'drafts' | 'takenBack'> {
  readonly all: readonly StatusLine[]
  readonly releases: readonly ToldRelease[]
  readonly source: Locale
  /** The newsroom’s zone, in which times are said. */
  readonly zone: string
}

/** Since when a briefing is taken back, and how readers get it again. */
const returning = (slug: string, since: string, source: Locale, given: Whereabouts) =>
  `${slug}: taken back since ${since}. To give it back to readers: publish ${slug} ${source}${thereIn(given)}`
