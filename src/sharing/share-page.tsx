import { pathTo, sharePathTo } from '../editions/addresses'
import { noticeOf } from '../editions/notice'
import type { Answer } from '../editions/print'
import { altOf, cardPathTo, cardSize, shareCardOf } from '../editions/share-card'
import type { Words } from '../language/catalog'
import { inLanguage, markup } from '../language/locale'
import type { Site } from '../site'
import { ownName } from '../ui/layout'
import { memberPage } from '../ui/member-page'
import { mailAddress } from './addresses'
import { embedCode } from './oembed'

/** How a briefing is shared without contacting another site: its address, an email, a frame for other sites. */
export function sharePage(site: Site, words: Words, answer: Answer, card: string | undefined): string {
  const { t } = words
  const { resolution, reading } = answer
  const { asked } = resolution
  const { slug, title } = reading
  const { sentences = [] } = noticeOf(answer, words) ?? {}
  return memberPage({
    site,
    words,
    title: t('share.title'),
    path: sharePathTo(asked, slug).slice(asked.length + 2),
    children: (
      <>
        <p class="subject">
          <bdi {...inLanguage(title, words.locale)}>{title.text}</bdi>
        </p>
        <p>{t('share.intro')}</p>
        {sentences.map((sentence) => (
          <p>{sentence}</p>
        ))}
        <Address site={site} words={words} answer={answer} />
        <Others site={site} words={words} answer={answer} />
        <section>
          <h2>{t('share.embed')}</h2>
          <p>{t('share.embed.text')}</p>
          <div class="copyable">
            <label for="code">{t('share.embed.code')}</label>
            <textarea id="code" rows={4} dir="ltr" translate="no" readonly spellcheck={false}>
              {embedCode(site, asked, slug, title.text)}
            </textarea>
            <Copying site={site} words={words} of="code" />
          </div>
        </section>
        {card !== undefined && (
          <section>
            <h2>{t('share.card')}</h2>
            <img
              class="share-card"
              src={cardPathTo(card)}
              {...cardSize}
              loading="lazy"
              alt={altOf(shareCardOf(reading, site.config.siteName, site.speak(reading.locale)))}
              {...inLanguage({ lang: reading.locale }, words.locale)}
            />
          </section>
        )}
        <p>
          <a href={pathTo(asked, slug)}>{t('bilingual.back')}</a>
        </p>
      </>
    ),
  })
}

interface Shared {
  readonly site: Site
  readonly words: Words
  readonly answer: Answer
}

/** The address of what is served: to copy, to hand over, and in an email. */
const Address = ({ site, words, answer: { resolution, reading } }: Shared) => {
  const { t } = words
  const { slug, title } = reading
  const address = site.config.origin + pathTo(resolution.served, slug)
  return (
    <section>
      <h2>{t('share.address')}</h2>
      <div class="copyable">
        <label for="address">{t('share.address-of', { language: words.language(resolution.served) })}</label>
        <input id="address" type="url" dir="ltr" readonly value={address} />
        <Copying site={site} words={words} of="address" title={title.text} />
      </div>
      <p>
        <a href={mailAddress(title.text, [t('share.mail.text', { site: site.config.siteName }), '', title.text, address])}>
          {t('share.mail')}
        </a>
      </p>
    </section>
  )
}

/** The addresses of the same briefing in the other languages that it is in. */
const Others = ({ site, words, answer: { resolution, reading } }: Shared) => {
  const others = resolution.available.filter((locale) => locale !== resolution.served)
  if (others.length === 0) return null
  return (
    <section>
      <h2>{words.t('share.others')}</h2>
      <ul class="addresses">
        {others.map((locale) => (
          <li>
            <span {...markup(locale)}>{ownName(words, locale)}</span>{' '}
            <a href={pathTo(locale, reading.slug)} hreflang={locale} dir="ltr">
              {site.config.origin + pathTo(locale, reading.slug)}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Buttons for a field. Its script shows those that the browser supports. Without the script, readers copy from the field. */
const Copying = ({ site, words, of, title }: { site: Site; words: Words; of: string; title?: string }) => (
  <div data-share={of} data-title={title} hidden>
    <button type="button" class="quiet" data-does="copy">
      {words.t('share.copy')}
    </button>
    {title !== undefined && (
      <button type="button" class="quiet" data-does="hand-over" hidden>
        {words.t('share.hand-over')}
      </button>
    )}
    <p role="status" data-copied={words.t('share.copied')} data-failed={words.t('share.copy-failed')}></p>
    <script src={site.asset('share.js')} type="module"></script>
  </div>
)
