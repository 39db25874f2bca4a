import { segmentsOf } from '../briefings/segments'
import { significances } from '../briefings/vocabulary'
import { negotiatedPathTo, pathTo } from '../editions/addresses'
import type { Answer } from '../editions/print'
import { type Locale, type Locales, openLocales } from '../language/locale'
import { weightOf } from '../translations/freshness'
import { progressOf } from '../translations/progress'
import type { Translation } from '../translations/translation'
import { anEvent, type DataOf, type WebhookEvent } from '../webhooks/event'
import { sinceRevision } from './material'
import type { PublishedEnglish, Standing } from './published'

/** What a print gives readers who ask in one language, as far as the next print is compared with it. */
export interface Given {
  readonly asked: Locale
  readonly slug: string
  /** Whether the site shows an edition in this language in public. */
  readonly isOwn: boolean
  /** Hashes of what is served: of what matters (`materialStateOf`), and of all of it. The second is empty if it was not kept. */
  readonly state: string
  readonly content: string
  readonly sourceRevision: number
}

/** A print as it is decided, beside the one before it. */
export interface Printing {
  readonly standing: Pick<Standing, 'id' | 'kind' | 'slug' | 'version'> & {
    readonly english?: Omit<PublishedEnglish, 'earlier'> | undefined
  }
  /** The newest of each translation, published or not. Of use only to a language that gets newer English (see `englishBefore`). */
  readonly newest: readonly Translation[]
  /** What is printed; empty if the briefing is taken back. */
  readonly answers: readonly Answer[]
  readonly last: { readonly number: number; readonly version: number }
  readonly before: readonly Given[]
  readonly after: readonly Given[]
}

interface Publisher {
  readonly locales: Locales
  readonly origin: string
  readonly now: Date
}

type Available = DataOf<'briefing.printed'>['available']

/**
 * The events of a print: what readers got, what was taken from them, that the English has changed, and which translations are needed.
 * There is no event about what readers cannot read, and none for a print that changes nothing for them, such as one with new words of
 * the site. Of a page there are only the events that translators need.
 */
export function eventsOf(printing: Printing, publisher: Publisher): readonly WebhookEvent[] {
  const forTranslators = [...sourceChanges(printing, publisher), ...needs(printing, publisher)]
  if (printing.standing.kind === 'page') return forTranslators
  return [...withdrawals(printing, publisher), ...forTranslators, ...prints(printing, publisher)]
}

/** The languages that readers have after a print. */
function availableIn({ answers, after }: Printing, { origin }: Publisher): Available {
  const own = new Set(after.filter(({ isOwn }) => isOwn).map(({ asked }) => asked))
  return answers
    .filter(({ resolution }) => own.has(resolution.asked))
    .map(({ resolution: { asked, freshness, coverage, provenance }, reading }) => {
      const url = origin + pathTo(asked, reading.slug)
      return { locale: asked, url, data: `${url}.json`, title: reading.title.text, freshness, coverage, provenance }
    })
}

function prints(printing: Printing, publisher: Publisher): readonly WebhookEvent[] {
  const { standing, last, before, after } = printing
  const { id, slug, english } = standing
  const changed = after
    .filter(({ isOwn }) => isOwn)
    .flatMap((given) => {
      const had = before.find(({ asked, isOwn }) => isOwn && asked === given.asked)
      const change = changeOf(had, given, last.version === standing.version)
      return change ? [{ locale: given.asked, change }] : []
    })
  if (changed.length === 0 || !english) return []
  const { publishedAt } = english
  const url = publisher.origin + negotiatedPathTo(slug)
  const available = availableIn(printing, publisher)
  const data = { id, slug, sequence: last.number, url, publishedAt, available, changed }
  return [anEvent('briefing.printed', data, localesOf(changed), publisher.now)]
}

/** How much changed for readers of a language who had this before. A briefing of the same version has not changed, whatever printed it. */
function changeOf(had: Given | undefined, given: Given, isSameVersion: boolean): 'new' | 'material' | 'minor' | undefined {
  if (!had) return 'new'
  if (isSameVersion) return undefined
  if (had.state !== given.state) return 'material'
  return had.content !== given.content || had.slug !== given.slug ? 'minor' : undefined
}

/** What is gone, by the addresses that it had. */
function withdrawals(printing: Printing, publisher: Publisher): readonly WebhookEvent[] {
  const { standing, last, before, after } = printing
  const gone = before.filter(({ asked, isOwn }) => isOwn && !after.some((given) => given.isOwn && given.asked === asked))
  const [first] = gone
  if (!first) return []
  const slug = after.length === 0 ? first.slug : standing.slug
  const withdrawn = gone.map((had) => ({ locale: had.asked, url: publisher.origin + pathTo(had.asked, had.slug) }))
  const data = { id: standing.id, slug, sequence: last.number, available: availableIn(printing, publisher), withdrawn }
  return [anEvent('briefing.withdrawn', data, localesOf(withdrawn), publisher.now)]
}

const localesOf = (some: readonly { readonly locale: Locale }[]) => some.map(({ locale }) => locale)

/** The change from the English that readers had to the one they have. It concerns every language. */
function sourceChanges(printing: Printing, { locales, origin, now }: Publisher): readonly WebhookEvent[] {
  const { standing, last, before, after } = printing
  const { id, kind, slug, english } = standing
  if (!english) return []
  const { revision, history, briefing } = english
  const had = before.find(({ asked }) => asked === locales.source)?.sourceRevision
  if (had === undefined || had >= revision || after.length === 0) return []
  const weights = history.flatMap((each, index) => (index < had ? [] : [weightOf(each, history[index - 1])]))
  const [earlier, present] = [history[had - 1]?.hashes, history.at(-1)?.hashes]
  const data = {
    id,
    slug,
    sequence: last.number,
    url: origin + negotiatedPathTo(slug, kind),
    revision,
    previousRevision: had,
    significance: significances.findLast((each) => weights.includes(each)) ?? 'material',
    segments: segmentsOf(briefing, 'public').flatMap((each) => (earlier?.[each.id] === present?.[each.id] ? [] : [each.id])),
  }
  return [anEvent('source.changed', data, openLocales(locales), now)]
}

/** The revision of the English that readers of a language had; 0: they had none. Most prints give them no newer one to translate. */
export const englishBefore = (before: readonly Given[], locale: Locale): number =>
  before.find(({ asked }) => asked === locale)?.sourceRevision ?? 0

/** An event for each language that has something to translate that it did not have at the last print. */
function needs(printing: Printing, publisher: Publisher): readonly WebhookEvent[] {
  if (printing.after.length === 0) return []
  const { locales } = publisher
  return openLocales(locales)
    .filter((locale) => locale !== locales.source)
    .flatMap((locale) => need(printing, publisher, locale))
}

function need(printing: Printing, { origin, now }: Publisher, locale: Locale): readonly WebhookEvent[] {
  const { standing, newest, last, before } = printing
  const { id, kind, slug, english } = standing
  if (!english) return []
  const { revision, briefing, history } = english
  const revisionBefore = englishBefore(before, locale)
  if (revisionBefore >= revision) return []
  const translation = newest.find((each) => each.locale === locale)
  const { missing, behind } = progressOf(slug, briefing, history, locale, translation)
  const isNew = (segment: string) => sinceRevision(segment, history.at(-1)?.hashes[segment], history) >= revisionBefore
  if (![...missing, ...behind.material].some(isNew)) return []
  const open = progressOf(slug, briefing, history, locale, translation, 'public')
  const data = {
    id,
    slug,
    sequence: last.number,
    locale,
    reason: behind.material.length > 0 ? ('outdated' as const) : ('missing' as const),
    state: open.state,
    revision,
    missing: [...open.missing],
    outdated: [...open.behind.material],
    words: open.words,
    url: origin + pathTo(locale, slug, kind),
    pack: `${origin}/api/v1/packs/${locale}/${slug}`,
  }
  return [anEvent('translation.needed', data, [locale], now)]
}
