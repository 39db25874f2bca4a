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

/** How a briefing is shared without anybody else being asked: its address, a mail, a frame for other sites. */
export function sharePage(site: Site, words: Words, answer: Answer, card: string | undefined): string {
  const { t } = words
  const { origin, siteName } = site.config
  const { resolution, reading } = answer
  const { asked, served, available } = resolution
  const { slug, title } = reading
  const address = origin + pathTo(served, slug)
  const { sentences = [] } = noticeOf(answer, words) ?? {}
  const others = available.filter((locale) => locale !== served)
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
        <section>
          <h2>{t('share.address')}</h2>
          <div class="copyable">
            <label for="address">{t('share.address-of', { language: words.language(served) })}</label>
            <input id="address" type="url" dir="ltr" readonly value={address} />
            <Copying site={site} words={words} of="address" title={title.text} />
          </div>
          <p>
            <a href={mailAddress(title.text, [t('share.mail.text', { site: siteName }), '', title.text, address])}>
              {t('share.mail')}
            </a>
          </p>
        </section>
        {others.length > 0 && (
          <section>
            <h2>{t('share.others')}</h2>
            <ul class="addresses">
              {others.map((locale) => (
                <li>
                  <span {...markup(locale)}>{ownName(words, locale)}</span>{' '}
                  <a href={pathTo(locale, slug)} hreflang={locale} dir="ltr">
                    {origin + pathTo(locale, slug)}
                  </a>
                </li>
              ))}
            </ul>
          </section>
        )}
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
              alt={altOf(shareCardOf(reading, siteName, site.speak(reading.locale)))}
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

/** Buttons for a field: its script shows those that the browser can do. Without it, the field is there to be copied from. */
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
