import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { Words } from '../language/catalog'
import { type Locale, markup, publicLocales } from '../language/locale'
import { once } from '../language/once'
import { asEntry } from '../language/text'
import type { Logo } from '../settings/logo'
import type { Site } from '../site'
import { Footer } from './footer'

/** One entry of the menu of languages. */
export interface LanguageLink {
  readonly locale: Locale
  readonly href: string
  readonly served: boolean
}

/** What a page puts into the frame that all pages share. */
interface Frame {
  readonly site: Site
  readonly words: Words
  readonly head: Child
  readonly switcher: Child
  readonly children?: Child
}

/** A whole document. */
export const document = (frame: Frame): string => `<!doctype html>${<Layout {...frame} />}`

const cut = '<!-- cut -->'

/** A place in a page where something is put that was made before. */
export const gap = raw(cut)

/** The pieces of a page around its gaps. */
export const aroundGaps = (page: string): readonly string[] => page.split(cut)

/** The frame in four pieces, for pages whose parts were printed ahead: head · switcher · main go between them. */
export function frameOf(site: Site, words: Words): readonly [string, string, string, string] {
  const page = document({ site, words, head: gap, switcher: gap, children: gap })
  const [opening = '', toSwitcher = '', toMain = '', closing = ''] = aroundGaps(page)
  return [opening, toSwitcher, toMain, closing]
}

/** The frame in each of a site's locales, made when it is first asked for, and again when the footer lists other pages. */
export function framesOf(site: Site): (locale: Locale) => ReturnType<typeof frameOf> {
  const frames = new Map<Locale, { readonly madeWith: string; readonly frame: ReturnType<typeof frameOf> }>()
  return (locale) => {
    const madeWith = site.madeWith('frame', locale)
    const made = frames.get(locale)
    if (made?.madeWith === madeWith) return made.frame
    const frame = frameOf(site, site.speak(locale))
    frames.set(locale, { madeWith, frame })
    return frame
  }
}

const Layout = ({ site, words, head, switcher, children }: Frame) => {
  const home = `/${words.locale}/`
  const { t } = words
  return (
    <html lang={words.locale} dir={words.dir}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        {site.settings.brand.icon && <link rel="icon" href={site.asset('icon.svg')} type="image/svg+xml" />}
        <link rel="stylesheet" href={site.asset('style.css')} />
        <script src={site.asset('script.js')} defer></script>
        <link rel="alternate" type="application/atom+xml" title={site.config.siteName} href={`${home}feed.xml`} />
        <link rel="alternate" type="application/feed+json" title={site.config.siteName} href={`${home}feed.json`} />
        {head}
      </head>
      <body>
        <a class="skip" href="#text">
          {t('layout.skip')}
        </a>
        <header class="masthead">
          <a class="brand" href={home}>
            {site.logo && <Mark {...site.logo} />}
            <bdi>{site.config.siteName}</bdi>
          </a>
          <nav class="menu" aria-label={t('layout.main-menu')}>
            <a href={home}>{t('layout.briefings')}</a>
            <a href={`${home}search`}>{t('search.title')}</a>
            {site.settings.confidence?.grades && <a href={`${home}confidence`}>{t('layout.confidence')}</a>}
            {site.config.features.membership && <a href={`${home}account`}>{t('layout.account')}</a>}
          </nav>
          {switcher}
        </header>
        <main id="text" tabindex={-1}>
          {isPreview(site, words.locale) && <p class="preview">{t('preview.notice')}</p>}
          {children}
        </main>
        <Footer site={site} words={words} />
      </body>
    </html>
  )
}

const Mark = ({ viewBox, width, height, shapes }: Logo) => (
  <svg class="mark" viewBox={viewBox} width={width} height={height} aria-hidden="true">
    {raw(shapes)}
  </svg>
)

const isPreview = (site: Site, locale: Locale) =>
  site.locales.locales.some(({ tag, state }) => tag === locale && state === 'preview')

interface Menu {
  readonly words: Words
  readonly links: readonly LanguageLink[]
  /** The address of the page itself, if it is not among the links. */
  readonly here?: string | undefined
}

/** The menu of languages: only what exists for this page, each in its own name, the one shown marked. */
export const Switcher = ({ words, links, here }: Menu) => {
  const { t } = words
  const own = here ?? links.find(({ locale }) => locale === words.locale)?.href ?? `/${words.locale}/`
  return (
    <details class="switcher">
      <summary>
        <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
          <path d="M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20ZM2.5 12h19M12 2c3 2.7 4.4 6 4.4 10S15 19.3 12 22c-3-2.7-4.4-6-4.4-10S9 4.7 12 2Z" />
        </svg>
        {t('switcher.label')}
      </summary>
      <form method="post" action="/language">
        <ul>
          {links.map(({ locale, href, served }) => (
            <li>
              <a
                {...markup(locale)}
                href={href}
                hreflang={locale}
                data-locale={locale}
                {...(served ? { 'aria-current': 'true' } : {})}
              >
                {ownName(words, locale)}
              </a>
              {served && <span class="served">{t('switcher.served')}</span>}
            </li>
          ))}
        </ul>
        <input type="hidden" name="from" value={own} />
        <button type="submit" name="locale" value={words.locale}>
          {t('switcher.remember')}
        </button>
      </form>
    </details>
  )
}

/**
 * The menu of a page that exists in every language: the public ones, and the one that the page is in. `to` is the path below the locale, or
 * gives the address in each.
 */
export function everyLanguage(site: Site, shown: Locale, to: string | ((locale: Locale) => string)): readonly LanguageLink[] {
  const locales = publicLocales(site.locales)
  const listed = locales.includes(shown) ? locales : [...locales, shown]
  const addressIn = (locale: Locale) => (typeof to === 'string' ? `/${locale}/${to}` : to(locale))
  return listed.map((locale) => ({ locale, href: addressIn(locale), served: locale === shown }))
}

/** A language's own name, with the capital that a list entry has. */
export const ownName = (words: Words, locale: Locale): string => asEntry(nameOfItself(locale) ?? words.language(locale), locale)

const nameOfItself = once((locale: Locale) => new Intl.DisplayNames(locale, { type: 'language' }).of(locale))
