import type { Words } from '../language/catalog'
import { inLanguage } from '../language/locale'
import { Filled } from '../ui/filled'
import { Part } from './parts'
import type { Reading } from './reading'

/** Why the briefing was classified as it is. */
export const Reasons = ({ reading: { reasons, facts, locale, topic }, words }: { reading: Reading; words: Words }) => {
  const { t } = words
  const rows = [
    { name: t('fact.category'), word: t(`category.${facts.category}`), reason: reasons.category },
    { name: t('fact.content-type'), word: t(`contentType.${facts.contentType}`), reason: reasons.contentType },
    { name: t('fact.domain'), word: t(`domain.${facts.domain}`), reason: reasons.domain },
    { name: t('fact.topic'), word: topic.text, lang: topic, reason: reasons.topic },
    { name: t('fact.impact'), word: t(`impact.${facts.impact}`), reason: reasons.impact },
    { name: t('fact.confidence'), word: words.percent(facts.confidence), reason: reasons.confidence },
  ]
  return (
    <Part anchor="reasons" title={t('briefing.classifications')}>
      <dl class="reasons">
        {rows.map(({ name, word, reason, lang }) => (
          <div>
            <dt>
              <Filled
                words={words}
                message="punctuation.label"
                values={{ name, value: <strong {...(lang ? inLanguage(lang, locale) : {})}>{word}</strong> }}
              />
            </dt>
            <dd {...inLanguage(reason, locale)}>{reason.text}</dd>
          </div>
        ))}
      </dl>
    </Part>
  )
}

/** The sources of the briefing, each with the risk of relying on it. */
export const Sources = ({ reading: { sources, locale }, words }: { reading: Reading; words: Words }) => (
  <Part anchor="sources" title={words.t('briefing.sources')}>
    <p class="intro">{words.t('briefing.sources-intro')}</p>
    <ol class="sources">
      {sources.map(({ id, url, risk, title, note }) => (
        <li id={`sources.${id}`}>
          <a href={url} rel="noopener noreferrer external" {...inLanguage(title, locale)}>
            <bdi>{title.text}</bdi>
          </a>{' '}
          <span class={`risk ${risk}`}>{words.t(`risk.${risk}`)}</span>
          <p {...inLanguage(note, locale)}>{note.text}</p>
        </li>
      ))}
    </ol>
  </Part>
)
