import { pathTo } from '../editions/addresses'
import { statedConfidence } from '../editions/measures'
import { noticeOf } from '../editions/notice'
import type { Answer } from '../editions/print'
import type { Words } from '../language/catalog'
import { inLanguage, markup } from '../language/locale'
import type { Site } from '../site'
import { Kicker } from '../ui/kicker'

/**
 * A briefing in a frame on another site: what it is about, and a link to read it. It runs no script, and has the same notice
 * about its language as the page.
 */
export function embedPage(site: Site, words: Words, answer: Answer): string {
  const { resolution, reading } = answer
  const { locale, facts, title, topic, summary } = reading
  const served = site.speak(locale)
  const { sentences = [] } = noticeOf(answer, words) ?? {}
  const { origin, siteName } = site.config
  const address = pathTo(resolution.asked, reading.slug)
  const stated = statedConfidence(facts, words)
  return `<!doctype html>${(
    <html lang={words.locale} dir={words.dir}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title {...markup(title.lang)}>{`${title.text} · ${siteName}`}</title>
        <link rel="canonical" href={origin + pathTo(resolution.served, reading.slug)} />
        <link rel="stylesheet" href={site.asset('style.css')} />
      </head>
      <body class="embed">
        <main>
          {sentences.map((sentence) => (
            <p class="said">{sentence}</p>
          ))}
          <article {...markup(locale)}>
            <Kicker kind={facts.kind} topic={topic} words={served} />
            <h1 {...inLanguage(title, locale)}>
              <a href={address} target="_blank" rel="noopener">
                {title.text}
              </a>
            </h1>
            <p class="digest" {...inLanguage(summary, locale)}>
              {summary.text}
            </p>
          </article>
          <p class="stated">
            {stated !== undefined && `${stated} · `}
            <time datetime={reading.publishedAt}>{words.date(reading.publishedAt)}</time>
          </p>
          <p class="onward">
            <bdi>{siteName}</bdi>
            <a href={address} target="_blank" rel="noopener">
              {words.t('share.read')}
            </a>
          </p>
        </main>
      </body>
    </html>
  )}`
}
