import { raw } from 'hono/html'
import { kindOf } from '../briefings/publication'
import type { Words } from '../language/catalog'
import { markup } from '../language/locale'
import type { Site } from '../site'
import { backTo, bilingualPathTo, pathTo } from './addresses'
import { plainPage } from './head'
import { passageHtml } from './passage'
import type { Reading, Text } from './reading'
import { textsOf } from './texts'

/** One segment in both languages. */
interface Pair {
  readonly anchor: string
  readonly target: Text
  readonly source: Text
  readonly isHeading?: boolean
  /** What each passage stands under. */
  readonly headings: { readonly target: string; readonly source: string }
}

interface Row {
  readonly pair: Pair
  readonly site: Site
  readonly words: Words
  readonly target: Reading
  readonly outdated: boolean
}

/** A translation and the English beside it, segment by segment; under each other on a phone. */
export function bilingualPage(site: Site, words: Words, target: Reading, source: Reading): string {
  const { t } = words
  const kind = kindOf(target)
  const path = pathTo(target.locale, target.slug, kind)
  return plainPage({
    site,
    words,
    title: `${target.title.text} · ${t('bilingual.title')}`,
    description: target.summary.text,
    path: bilingualPathTo(words.locale, target.slug, kind).slice(words.locale.length + 2),
    canonical: site.config.origin + path,
    alternates: [],
    links: [target, source].map(({ locale, slug }) => ({
      locale,
      href: pathTo(locale, slug, kind),
      served: locale === target.locale,
    })),
    children: (
      <article class="bilingual">
        <h1>{t('bilingual.title')}</h1>
        <p>
          <a href={path}>{t(backTo[kind])}</a>
        </p>
        <div class="pairs">
          <div class="pair names">
            <p>{t('bilingual.target')}</p>
            <p>{t('bilingual.source')}</p>
          </div>
          {pairsOf(site, target, source).map((pair) => (
            <PairRow
              pair={pair}
              site={site}
              words={words}
              target={target}
              outdated={target.state.outdated.includes(pair.anchor)}
            />
          ))}
        </div>
      </article>
    ),
  })
}

const PairRow = ({ pair, site, words, target, outdated }: Row) => (
  <div class={`pair${pair.isHeading ? ' heading' : ''}${outdated ? ' outdated' : ''}`} id={pair.anchor}>
    {pair.target.lang === target.locale ? (
      <Cell
        text={pair.target}
        heading={pair.headings.target}
        label={outdated ? words.t('bilingual.outdated') : undefined}
        site={site}
        words={words}
      />
    ) : (
      <p class="untranslated">{words.t('segment.in-source-language')}</p>
    )}
    <Cell text={pair.source} heading={pair.headings.source} prefix="source-" site={site} words={words} />
  </div>
)

interface Side {
  readonly text: Text
  readonly heading: string
  readonly prefix?: string
  readonly label?: string | undefined
  readonly site: Site
  readonly words: Words
}

const Cell = ({ text, heading, prefix = '', label, site, words }: Side) => (
  <div {...markup(text.lang)}>
    {label && (
      <p class="untranslated" {...(text.lang === words.locale ? {} : markup(words.locale))}>
        {label}
      </p>
    )}
    {text.html === undefined ? (
      <p>{text.text}</p>
    ) : (
      raw(passageHtml(text, { words: site.speak(text.lang), heading, level: 2, prefix }))
    )}
  </div>
)

/** What both readings hold, paired by segment, in the order of the page. Locked sections are in neither. */
function pairsOf({ speak }: Site, target: Reading, source: Reading): readonly Pair[] {
  const byId = (reading: Reading) => new Map(textsOf(reading).map(({ id, text }) => [id, text] as const))
  const [inTarget, inSource] = [byId(target), byId(source)]
  const headingIn = (texts: typeof inSource, id: string, { locale }: Reading) =>
    texts.get(`${id}.heading`)?.text ?? speak(locale).t('briefing.context')
  return textsOf(target).flatMap(({ id, text }) => {
    const original = inSource.get(id)
    const headings = { target: headingIn(inTarget, id, target), source: headingIn(inSource, id, source) }
    return original ? [{ anchor: id, target: text, source: original, isHeading: isHeading(id), headings }] : []
  })
}

const isHeading = (id: string) => /^title$|\.(heading|title)$/.test(id)
