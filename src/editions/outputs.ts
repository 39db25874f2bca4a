import { kindOf } from '../briefings/publication'
import { given, unlessEmpty } from '../language/given'
import type { Site } from '../site'
import { pathTo } from './addresses'
import { noticeOf } from './notice'
import type { Answer } from './print'

/** What is sent. */
export interface Output {
  readonly body: string
  readonly type: string
}

/** The answer as plain values: the resolution, the notice in the reader's language, and the reading. */
export function answerAsValue(site: Site, answer: Answer) {
  const { resolution, reading } = answer
  const { origin } = site.config
  const { linkedOrganisations: linked } = reading
  const { organisation } = site.speak(reading.locale)
  const called = <Named extends { readonly name: string }>(named: Named) => ({ ...named, localName: organisation(named.name) })
  const { sentences = [], changed = [] } = noticeOf(answer, site.speak(resolution.asked)) ?? {}
  return {
    url: origin + pathTo(resolution.asked, reading.slug, kindOf(reading)),
    canonical: origin + pathTo(resolution.served, reading.slug, kindOf(reading)),
    resolution,
    notice: { lang: resolution.asked, sentences, changed: changed.map(({ anchor }) => anchor) },
    briefing: unlessEmpty(
      given({
        ...reading,
        facts: unlessEmpty(reading.facts, ['regions']),
        organisations: reading.organisations.map(called),
        linkedOrganisations: linked.locked ? linked : { ...linked, notes: linked.notes.map(called) },
        image: reading.image && { ...reading.image, url: origin + site.asset(`images/${reading.image.file}`) },
      }),
      partsThatMayBeEmpty,
    ),
  }
}

const partsThatMayBeEmpty = [
  'organisations',
  'byline',
  'keyPoints',
  'body',
  'affectedAreas',
  'watch',
  'sections',
  'linkedOrganisations',
  'sources',
] as const

/** The same written in JSON. */
export const answerAsJson = (site: Site, answer: Answer): string => `${JSON.stringify(answerAsValue(site, answer), null, 2)}\n`
