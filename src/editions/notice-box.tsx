import { kindOf } from '../briefings/publication'
import type { Words } from '../language/catalog'
import { inLanguage } from '../language/locale'
import { isFallback } from '../language/resolution'
import type { Site } from '../site'
import { changesPathTo, followPathTo, pathTo, sharePathTo, translationsPathTo } from './addresses'
import { noticeOf } from './notice'
import type { Answer } from './print'

/** The notice, outside the article: it is in the language asked for, not in the one served. */
interface Noticed {
  readonly site: Site
  readonly answer: Answer
  readonly words: Words
}

export const NoticeBox = ({ site, answer, words }: Noticed) => {
  const notice = noticeOf(answer, words)
  if (!notice) return null
  const { t } = words
  const { resolution, reading } = answer
  const { source } = resolution
  return (
    <aside class="notice" role="note" aria-label={t('notice.label')}>
      {notice.sentences.map((sentence) => (
        <p>{sentence}</p>
      ))}
      {notice.changed.length > 0 && (
        <>
          <p>{t('notice.outdated')}</p>
          <ul>
            {notice.changed.map(({ anchor, name }) => (
              <li>
                <a href={`#${anchor}`} {...inLanguage(name, words.locale)}>
                  {name.text}
                </a>
              </li>
            ))}
          </ul>
          <p>
            <a href={changesPathTo(words.locale, reading.slug, kindOf(reading))}>{t('notice.changes')}</a>
          </p>
        </>
      )}
      {isFallback(resolution) ? (
        <ul>
          {site.config.features.following && kindOf(reading) === 'briefing' && (
            <li>
              <a href={followPathTo(words.locale, reading.slug)}>{t('follow.available')}</a>
            </li>
          )}
          <li>
            <a href={translationsPathTo(words.locale)}>{t('translations.link')}</a>
          </li>
        </ul>
      ) : (
        <p>
          <a href={pathTo(source, reading.slug, kindOf(reading))} hreflang={source}>
            {t('notice.read-source')}
          </a>
        </p>
      )}
    </aside>
  )
}

/** Links under the article, in the language asked for. */
export const Ending = ({ site, answer: { resolution, reading }, words }: Noticed) => (
  <p class="ending">
    {site.config.features.following && (
      <>
        <a href={followPathTo(resolution.asked, reading.slug)}>{words.t('follow.changes')}</a>{' '}
      </>
    )}
    <a href={sharePathTo(resolution.asked, reading.slug)}>{words.t('share.title')}</a>
  </p>
)
