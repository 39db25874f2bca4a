import type { Words } from '../language/catalog'
import { inLanguage } from '../language/locale'
import { Filled } from '../ui/filled'
import { Part } from './parts'
import type { Reading, Reasons as ReasonTexts } from './reading'

interface ReasonsProps {
  readonly reasons: ReasonTexts
  readonly reading: Reading
  readonly words: Words
}

/** Why the briefing was classified as it is. A reason stands beside the word that it is for, if the briefing has that. */
export const Reasons = ({ reasons, reading: { facts, locale, topic }, words }: ReasonsProps) => {
  const { t, named } = words
  const { category, contentType, domain, impact, confidence } = facts
  const rows = [
    { name: t('fact.category'), word: category && named(`category.${category}`), reason: reasons.category },
    { name: t('fact.content-type'), word: contentType && named(`contentType.${contentType}`), reason: reasons.contentType },
    { name: t('fact.domain'), word: domain && named(`domain.${domain}`), reason: reasons.domain },
    { name: t('fact.topic'), word: topic?.text, lang: topic, reason: reasons.topic },
    { name: t('fact.impact'), word: impact && named(`impact.${impact}`), reason: reasons.impact },
    {
      name: t('fact.confidence'),
      word: confidence === undefined ? undefined : words.percent(confidence),
      reason: reasons.confidence,
    },
  ].flatMap(({ reason, ...row }) => (reason ? [{ ...row, reason }] : []))
  if (rows.length === 0) return null
  return (
    <Part anchor="reasons" title={t('briefing.classifications')}>
      <dl class="reasons">
        {rows.map(({ name, word, reason, lang }) => (
          <div>
            <dt>
              {word === undefined ? (
                name
              ) : (
                <Filled
                  words={words}
                  message="punctuation.label"
                  values={{ name, value: <strong {...(lang ? inLanguage(lang, locale) : {})}>{word}</strong> }}
                />
              )}
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
    {sources.some(({ risk }) => risk !== undefined) && <p class="intro">{words.t('briefing.sources-intro')}</p>}
    <ol class="sources">
      {sources.map(({ id, url, risk, title, note }) => (
        <li id={`sources.${id}`}>
          <a href={url} rel="noopener noreferrer external" {...inLanguage(title, locale)}>
            <bdi>{title.text}</bdi>
          </a>
          {risk !== undefined && (
            <>
              {' '}
              <span class={`risk ${risk}`}>{words.named(`risk.${risk}`)}</span>
            </>
          )}
          {note && <p {...inLanguage(note, locale)}>{note.text}</p>}
        </li>
      ))}
    </ol>
  </Part>
)
