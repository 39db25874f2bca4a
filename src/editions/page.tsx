import { kindOf, type PublicationKind } from '../briefings/publication'
import { direction } from '../language/locale'
import type { Site } from '../site'
import { frameOf, type LanguageLink, Switcher } from '../ui/layout'
import { pathTo } from './addresses'
import { Body, Lead } from './article'
import { BriefingHead } from './head'
import { Judgement } from './judgement'
import { Ending, NoticeBox } from './notice-box'
import { PageBody, PageEnding, PageLead } from './page-article'
import { type Answer, assemble, type PrintedAnswer, type PrintedEdition, type Resolution } from './print'
import type { Reading } from './reading'

export function printEdition(site: Site, reading: Reading): PrintedEdition {
  const words = site.speak(reading.locale)
  if (kindOf(reading) === 'page') {
    return {
      lead: `<article class="briefing page" lang="${reading.locale}" dir="${direction(reading.locale)}">${<PageLead reading={reading} words={words} />}`,
      body: `${<PageBody site={site} reading={reading} words={words} />}</article>`,
    }
  }
  return {
    lead: `<article class="briefing" lang="${reading.locale}" dir="${direction(reading.locale)}">${<Lead site={site} reading={reading} words={words} />}`,
    body: `${<Body site={site} reading={reading} words={words} />}</article>`,
  }
}

/** What surrounds the article. `card` is the hash of its share card, if it has one. */
export function printAnswer(site: Site, answer: Answer, card: string | undefined): PrintedAnswer {
  const words = site.speak(answer.resolution.asked)
  const { slug } = answer.reading
  const kind = kindOf(answer.reading)
  return {
    head: `${<BriefingHead site={site} answer={answer} card={card} />}`,
    masthead: `${<Switcher words={words} links={linksOf(answer.resolution, slug, kind)} here={pathTo(words.locale, slug, kind)} />}`,
    notice: `${<NoticeBox site={site} answer={answer} words={words} />}`,
    facts: kind === 'page' ? '' : `${<Judgement site={site} answer={answer} words={words} />}`,
    ending: `${kind === 'page' ? <PageEnding answer={answer} words={words} /> : <Ending site={site} answer={answer} words={words} />}`,
  }
}

/** A briefing page made on the spot, byte for byte as it would be printed. */
export function briefingPage(site: Site, answer: Answer, card: string | undefined): string {
  const pieces = { ...printAnswer(site, answer, card), ...printEdition(site, answer.reading) }
  return assemble(frameOf(site, site.speak(answer.resolution.asked)), pieces).join('')
}

/** Every language in which the briefing exists, and the one that this page shows. */
function linksOf({ available, served }: Resolution, slug: string, kind: PublicationKind): readonly LanguageLink[] {
  const shown = available.includes(served) ? available : [...available, served]
  return shown.map((locale) => ({ locale, href: pathTo(locale, slug, kind), served: locale === served }))
}
