import { raw } from 'hono/html'
import type { Words } from '../language/catalog'
import { markup } from '../language/locale'
import type { Site } from '../site'
import { pathTo } from './addresses'
import { plainPage } from './head'
import type { Reading, Text } from './reading'

/** One segment in both languages. */
interface Pair {
  readonly anchor: string
  readonly target: Text
  readonly source: Text
  readonly isHeading?: boolean
}

/** A translation and the English beside it, segment by segment; under each other on a phone. */
export function bilingualPage(site: Site, words: Words, target: Reading, source: Reading): string {
  const { t } = words
  const path = pathTo(target.locale, target.slug)
  return plainPage({
    site,
    words,
    title: `${target.title.text} · ${t('bilingual.title')}`,
    description: target.summary.text,
    path: `briefings/${target.slug}/bilingual`,
    canonical: site.config.origin + path,
    alternates: [],
    links: [target, source].map(({ locale, slug }) => ({
      locale,
      href: pathTo(locale, slug),
      served: locale === target.locale,
    })),
    children: (
      <article class="bilingual">
        <h1>{t('bilingual.title')}</h1>
        <p>
          <a href={path}>{t('bilingual.back')}</a>
        </p>
        <div class="pairs">
          <div class="pair names">
            <p>{t('bilingual.target')}</p>
            <p>{t('bilingual.source')}</p>
          </div>
          {pairsOf(target, source).map((pair) => (
            <PairRow pair={pair} words={words} target={target} outdated={target.state.outdated.includes(pair.anchor)} />
          ))}
        </div>
      </article>
    ),
  })
}

const PairRow = ({ pair, words, target, outdated }: { pair: Pair; words: Words; target: Reading; outdated: boolean }) => (
  <div class={`pair${pair.isHeading ? ' heading' : ''}${outdated ? ' outdated' : ''}`} id={pair.anchor}>
    {pair.target.lang === target.locale ? (
      <Cell text={pair.target} label={outdated ? words.t('bilingual.outdated') : undefined} words={words} />
    ) : (
      <p class="untranslated">{words.t('segment.in-source-language')}</p>
    )}
    <Cell text={pair.source} words={words} />
  </div>
)

const Cell = ({ text, label, words }: { text: Text; label?: string | undefined; words: Words }) => (
  <div {...markup(text.lang)}>
    {label && (
      <p class="untranslated" {...(text.lang === words.locale ? {} : markup(words.locale))}>
        {label}
      </p>
    )}
    {text.html === undefined ? <p>{text.text}</p> : raw(text.html)}
  </div>
)

/** What both readings hold, paired by segment, in the order of the page. Locked sections are in neither. */
function pairsOf(target: Reading, source: Reading): readonly Pair[] {
  const inSource = new Map(textsOf(source).map((each) => [each.anchor, each.text] as const))
  return textsOf(target).flatMap(({ anchor, text, isHeading }) => {
    const original = inSource.get(anchor)
    return original ? [{ anchor, target: text, source: original, isHeading }] : []
  })
}

function textsOf(reading: Reading): readonly { anchor: string; text: Text; isHeading: boolean }[] {
  const plain = (anchor: string, text: Text) => ({ anchor, text, isHeading: false })
  const heading = (anchor: string, text: Text) => ({ anchor, text, isHeading: true })
  const group = (name: string, items: readonly { id: string; text: Text }[]) =>
    items.map(({ id, text }) => plain(`${name}.${id}`, text))
  return [
    heading('title', reading.title),
    plain('topic', reading.topic),
    plain('summary', reading.summary),
    ...group('keyPoints', reading.keyPoints),
    plain('image.caption', reading.image.caption),
    ...reading.body.flatMap(({ id, heading: head, text }) => [heading(`body.${id}.heading`, head), plain(`body.${id}`, text)]),
    plain('event.name', reading.event.name),
    plain('event.signalType', reading.event.signalType),
    ...group('affectedAreas', reading.affectedAreas),
    plain('context', reading.context),
    ...group('watch', reading.watch),
    ...Object.entries(reading.reasons).map(([name, text]) => plain(`reasons.${name}`, text)),
    ...reading.sources.flatMap(({ id, title, note }) => [
      heading(`sources.${id}.title`, title),
      plain(`sources.${id}.note`, note),
    ]),
    ...reading.sections.flatMap((section) => [
      heading(`sections.${section.id}.heading`, section.heading),
      ...(section.locked ? [] : [plain(`sections.${section.id}`, section.text)]),
    ]),
  ]
}
