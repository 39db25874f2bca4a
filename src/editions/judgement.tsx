import type { Words } from '../language/catalog'
import { markup } from '../language/locale'
import { asEntry } from '../language/text'
import type { Site } from '../site'
import { Filled } from '../ui/filled'
import { bilingualPathTo, commentsPathTo, pathTo, reportPathTo } from './addresses'
import { GradeTable } from './confidence-page'
import { statedConfidence } from './measures'
import type { Answer } from './print'
import type { Facts, Reading } from './reading'

interface Judged {
  readonly site: Site
  readonly answer: Answer
  readonly words: Words
}

/**
 * The box beside the text: impact, confidence, category, regions, dates. It consists of facts only. So it is in the language asked for,
 * whatever language the text is in.
 */
export const Judgement = ({ site, answer: { resolution, reading }, words }: Judged) => {
  const { t } = words
  const { facts } = reading
  if (!hasFacts(reading)) {
    return (
      <section class="judgement slight" {...markup(words.locale)} aria-label={t('briefing.formats')}>
        <Forms site={site} answer={{ resolution, reading }} words={words} />
      </section>
    )
  }
  return (
    <section class="judgement" {...markup(words.locale)} aria-labelledby="judgement">
      <h2 id="judgement">{t('briefing.judgement')}</h2>
      <Measures facts={facts} words={words} />
      {facts.grade !== undefined && (
        <details class="explain">
          <summary>{t('confidence.what')}</summary>
          <GradeTable site={site} words={words} grade={facts.grade} />
        </details>
      )}
      <dl>
        {factsIn(reading, words).map(([name, value]) => (
          <Fact name={name} value={value} />
        ))}
      </dl>
      <Forms site={site} answer={{ resolution, reading }} words={words} />
    </section>
  )
}

/** Whether a briefing has anything that the box would say. Its dates alone are below its title. */
const hasFacts = ({ facts: { regions, kind: _, ...facts } }: Reading): boolean =>
  regions.length > 0 || Object.keys(facts).length > 0

/** The impact and the confidence, large, as far as the briefing has them. */
const Measures = ({ facts, words }: { facts: Facts; words: Words }) => {
  const { t } = words
  const { impact, confidence } = facts
  const stated = statedConfidence(facts, words)
  if (impact === undefined && stated === undefined) return null
  return (
    <div class="measures">
      {impact !== undefined && (
        <div class={`impact ${impact}`}>
          <p class="name">{t('fact.impact')}</p>
          <p class="value">{words.named(`impact.${impact}`)}</p>
        </div>
      )}
      {stated !== undefined && confidence !== undefined && (
        <div class="confidence">
          <p class="name">{t('fact.confidence')}</p>
          <p class="value">
            <bdi>{words.percent(confidence)}</bdi>
          </p>
          <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
            <rect class="track" width="100" height="4" />
            <rect class="level" width={Math.round(confidence * 100)} height="4" />
          </svg>
          <p>{stated}</p>
        </div>
      )}
    </div>
  )
}

/** The facts of a briefing that are a word or a date, by their names. */
function factsIn({ facts, publishedAt, changedAt }: Reading, words: Words): readonly (readonly [string, string])[] {
  const { t, named } = words
  const { category, contentType, domain, classification, regions, operationalRelevance, timeHorizon } = facts
  const lines: readonly (readonly [string, string | false | undefined])[] = [
    [t('fact.category'), category !== undefined && named(`category.${category}`)],
    [t('fact.content-type'), contentType !== undefined && named(`contentType.${contentType}`)],
    [t('fact.domain'), domain !== undefined && named(`domain.${domain}`)],
    [t('fact.classification'), classification !== undefined && named(`classification.${classification}`)],
    [t('fact.regions'), regions.length > 0 && asEntry(words.list(regions.map(words.region)), words.locale)],
    [t('fact.relevance'), operationalRelevance !== undefined && named(`relevance.${operationalRelevance}`)],
    [t('fact.horizon'), timeHorizon !== undefined && named(`horizon.${timeHorizon}`)],
    [t('fact.published'), words.date(publishedAt)],
    [t('fact.changed'), changedAt && words.date(changedAt)],
  ]
  return lines.flatMap(([name, value]) =>
    value === undefined || value === false || value === '' ? [] : [[name, value] as const],
  )
}

/** Links to other views of the briefing: both texts side by side, reports and comments, other formats. */
const Forms = ({ site, answer: { resolution, reading }, words }: Judged) => {
  const { t } = words
  const path = pathTo(resolution.asked, reading.slug)
  const formats = (
    <>
      <a href={`${path}.json`}>{t('briefing.format-json')}</a> <a href={`${path}.md`}>{t('briefing.format-markdown')}</a>
    </>
  )
  return (
    <ul class="forms">
      {resolution.served !== resolution.source && (
        <li>
          <a href={bilingualPathTo(resolution.served, reading.slug)}>{t('bilingual.open')}</a>
        </li>
      )}
      {site.config.features.reports && resolution.served !== resolution.source && (
        <li>
          <a href={reportPathTo(resolution.asked, reading.slug)}>{t('report.title')}</a>
        </li>
      )}
      {site.config.features.comments && (
        <li>
          <a href={commentsPathTo(resolution.asked, reading.slug)}>{t('comment.link')}</a>
        </li>
      )}
      <li>
        <Filled words={words} message="punctuation.label" values={{ name: t('briefing.formats'), value: formats }} />
      </li>
    </ul>
  )
}

const Fact = ({ name, value }: { name: string; value: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
)
