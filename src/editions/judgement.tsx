import type { Words } from '../language/catalog'
import { markup } from '../language/locale'
import { asEntry } from '../language/text'
import type { Site } from '../site'
import { Filled } from '../ui/filled'
import { bilingualPathTo, commentsPathTo, pathTo, reportPathTo } from './addresses'
import { GradeTable } from './confidence-page'
import type { Answer } from './print'

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
  const percent = words.percent(facts.confidence)
  return (
    <section class="judgement" {...markup(words.locale)} aria-labelledby="judgement">
      <h2 id="judgement">{t('briefing.judgement')}</h2>
      <div class="measures">
        <div class={`impact ${facts.impact}`}>
          <p class="name">{t('fact.impact')}</p>
          <p class="value">{t(`impact.${facts.impact}`)}</p>
        </div>
        <div class="confidence">
          <p class="name">{t('fact.confidence')}</p>
          <p class="value">
            <bdi>{percent}</bdi>
          </p>
          <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
            <rect class="track" width="100" height="4" />
            <rect class="level" width={Math.round(facts.confidence * 100)} height="4" />
          </svg>
          <p>{t('confidence.stated', { words: t(`grade.${facts.grade}`), percent })}</p>
        </div>
      </div>
      <details class="explain">
        <summary>{t('confidence.what')}</summary>
        <GradeTable words={words} grade={facts.grade} />
      </details>
      <dl>
        <Fact name={t('fact.category')} value={t(`category.${facts.category}`)} />
        <Fact name={t('fact.content-type')} value={t(`contentType.${facts.contentType}`)} />
        <Fact name={t('fact.domain')} value={t(`domain.${facts.domain}`)} />
        <Fact name={t('fact.classification')} value={t(`classification.${facts.classification}`)} />
        <Fact name={t('fact.regions')} value={asEntry(words.list(facts.regions.map(words.region)), words.locale)} />
        <Fact name={t('fact.relevance')} value={t(`relevance.${facts.operationalRelevance}`)} />
        <Fact name={t('fact.horizon')} value={t(`horizon.${facts.timeHorizon}`)} />
        <Fact name={t('fact.published')} value={words.date(reading.publishedAt)} />
        {reading.changedAt && <Fact name={t('fact.changed')} value={words.date(reading.changedAt)} />}
      </dl>
      <Forms site={site} answer={{ resolution, reading }} words={words} />
    </section>
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
      {resolution.served !== resolution.source && (
        <li>
          <a href={reportPathTo(resolution.asked, reading.slug)}>{t('report.title')}</a>
        </li>
      )}
      {site.config.hasComments && (
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
