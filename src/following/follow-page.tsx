import { followPathTo, pathTo } from '../editions/addresses'
import type { Text } from '../editions/reading'
import type { MessageKey, Words } from '../language/catalog'
import { inLanguage, type Locale, markup } from '../language/locale'
import type { Site } from '../site'
import { AddressField, SentTo } from '../ui/address-field'
import { memberPage } from '../ui/member-page'
import { listPathTo, type Request, type Wish } from './follow'

/** The briefing as this reader sees it. */
interface Shown {
  readonly slug: string
  readonly title: Text
  /** What the reader can ask for. `available` only while the briefing is not available in their language. */
  readonly wishes: readonly Wish[]
}

/** The reader: signed in, with the ids of their followings of this briefing; or not signed in. */
type Asking =
  | { readonly address: string; readonly followed: Readonly<Partial<Record<Wish, string>>> }
  | { readonly typed: string; readonly flaw?: MessageKey }

const offers = { available: 'follow.available', changes: 'follow.changes' } as const
const promises = { available: 'follow.will.available', changes: 'follow.will.changes' } as const

const Title = ({ title, words }: { title: Text; words: Words }) => (
  <p class="subject">
    <bdi {...inLanguage(title, words.locale)}>{title.text}</bdi>
  </p>
)

/** Asks readers which emails about a briefing they want. Readers who are not signed in also give their address. */
export function followPage(site: Site, words: Words, { slug, title, wishes }: Shown, asking: Asking): string {
  const { t } = words
  const name = t('follow.title')
  const flaw = 'flaw' in asking ? asking.flaw : undefined
  const path = followPathTo(words.locale, slug)
  return memberPage({
    site,
    words,
    title: flaw ? t('sign-in.title-again', { title: name }) : name,
    path: path.slice(words.locale.length + 2),
    children: (
      <>
        <Title title={title} words={words} />
        <p>{t('follow.intro')}</p>
        <p>{t('follow.material')}</p>
        {'address' in asking ? (
          <>
            <SentTo words={words} address={asking.address} />
            {wishes.map((wish) => {
              const id = asking.followed[wish]
              return id === undefined ? (
                <form method="post" action={path}>
                  <Offer wish={wish} words={words} />
                </form>
              ) : (
                <>
                  <p>{t(promises[wish])}</p>
                  <StopForm id={id} words={words} next={path} />
                </>
              )
            })}
            <p>
              <a href={listPathTo(words.locale)}>{t('follow.list.title')}</a>
            </p>
          </>
        ) : (
          <form method="post" action={path}>
            <AddressField words={words} {...asking} />
            <div class="choices">
              {wishes.map((wish) => (
                <Offer wish={wish} words={words} />
              ))}
            </div>
          </form>
        )}
        <p>
          <a href={pathTo(words.locale, slug)}>{t('bilingual.back')}</a>
        </p>
      </>
    ),
  })
}

const Offer = ({ wish, words }: { wish: Wish; words: Words }) => (
  <button type="submit" name="wish" value={wish}>
    {words.t(offers[wish])}
  </button>
)

const StopForm = ({ id, words, next, of }: { id: string; words: Words; next?: string; of?: string }) => (
  <form method="post" action={listPathTo(words.locale)}>
    {next !== undefined && <input type="hidden" name="next" value={next} />}
    <button type="submit" class="quiet" name="stop" value={id} {...(of === undefined ? {} : { 'aria-describedby': of })}>
      {words.t('follow.stop.button')}
    </button>
  </form>
)

/** A following, as the list shows it. */
interface Listed {
  readonly id: string
  readonly locale: Locale
  readonly wish: Wish
  readonly briefing: { readonly slug: string; readonly title: Text } | undefined
}

/** All that a person follows, each with a button that stops it. */
export const listPage = (site: Site, words: Words, all: readonly Listed[]): string =>
  memberPage({
    site,
    words,
    title: words.t('follow.list.title'),
    path: listPathTo(words.locale).slice(words.locale.length + 2),
    children:
      all.length === 0 ? (
        <p>{words.t('follow.list.empty')}</p>
      ) : (
        <ul class="records">
          {all.map((each) => (
            <li>
              <div>
                <p id={`of-${each.id}`}>
                  {each.briefing ? (
                    <a href={pathTo(each.locale, each.briefing.slug)} {...markup(each.briefing.title.lang)}>
                      {each.briefing.title.text}
                    </a>
                  ) : (
                    words.t('follow.list.gone')
                  )}
                </p>
                <p>
                  {each.wish === 'changes'
                    ? words.t('follow.list.changes')
                    : words.t('follow.list.available', { language: words.language(each.locale) })}
                </p>
              </div>
              <StopForm id={each.id} words={words} of={`of-${each.id}`} />
            </li>
          ))}
        </ul>
      ),
  })

/** What a reader confirms: which emails about which briefing, and for which address. */
export const Asked = ({ words, request, title }: { words: Words; request: Request; title: Text }) => (
  <>
    <Title title={title} words={words} />
    <p>{words.t(promises[request.wish])}</p>
    <SentTo words={words} address={request.address} />
  </>
)
