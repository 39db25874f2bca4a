import { kindOf } from '../briefings/publication'
import { partOf } from '../briefings/segments'
import type { Words } from '../language/catalog'
import type { Piece } from '../language/difference'
import { inLanguage, type Locale, markup } from '../language/locale'
import type { Site } from '../site'
import type { LanguageLink } from '../ui/layout'
import { backTo, changesPathTo, pathTo } from './addresses'
import { blocksOf } from './changed-blocks'
import { plainPage } from './head'
import { noticeOf, type PartName, partsOf } from './notice'
import type { Answer } from './print'
import type { ChangedText } from './reading'

/** How the English has changed since the translation was made, part by part and word by word. */
export function changesPage(site: Site, words: Words, answer: Answer): string {
  const { t } = words
  const { resolution, reading } = answer
  const kind = kindOf(reading)
  const { changed = [] } = noticeOf(answer, words) ?? {}
  const changes = reading.changes ?? [] // A reading of an earlier program has none, until it is printed again.
  const moved = partsOf(reading.moved ?? [], reading, words)
  const links: readonly LanguageLink[] = [
    { locale: resolution.asked, href: changesPathTo(resolution.asked, reading.slug, kind), served: true },
    { locale: resolution.source, href: pathTo(resolution.source, reading.slug, kind), served: false },
  ]
  return plainPage({
    site,
    words,
    title: `${reading.title.text} · ${t('changes.title')}`,
    description: t('changes.intro'),
    path: changesPathTo(words.locale, reading.slug, kind).slice(words.locale.length + 2),
    canonical: site.config.origin + pathTo(resolution.served, reading.slug, kind),
    alternates: [],
    links,
    children: (
      <article class="plain changes">
        <h1>{t('changes.title')}</h1>
        <p>
          <a href={pathTo(resolution.asked, reading.slug, kind)}>{t(backTo[kind])}</a>
        </p>
        {changed.length === 0 ? (
          <p>{t('changes.none')}</p>
        ) : (
          <>
            <p>{t('changes.intro')}</p>
            <p>{t('changes.legend')}</p>
          </>
        )}
        {moved.length > 0 && <Moved parts={moved} words={words} path={pathTo(resolution.asked, reading.slug, kind)} />}
        {changed.map(({ anchor, name }) => (
          <section>
            <h2>
              <a href={`${pathTo(resolution.asked, reading.slug, kind)}#${anchor}`} {...inLanguage(name, words.locale)}>
                {name.text}
              </a>
            </h2>
            {changes
              .filter(({ id }) => partOf(id) === anchor)
              .map((change) => (
                <Changed change={change} source={resolution.source} words={words} />
              ))}
          </section>
        ))}
      </article>
    ),
  })
}

const Changed = ({ change, source, words }: { change: ChangedText; source: Locale; words: Words }) => (
  <>
    {change.id.endsWith('.heading') && <p class="untranslated">{words.t('changes.heading')}</p>}
    {!change.isBeforeTold && <p class="untranslated">{words.t('changes.unknown')}</p>}
    {blocksOf(change.pieces, source).map((block) =>
      block.kind === 'text' ? (
        <p class="difference" {...markup(source)}>
          <Pieces pieces={block.pieces} words={words} />
        </p>
      ) : (
        <section class="table" tabindex={0} aria-label={words.t('changes.title')}>
          <table class="difference" {...markup(source)}>
            <thead>
              <Row cells={block.rows[0] ?? []} isHead words={words} />
            </thead>
            <tbody>
              {block.rows.slice(1).map((cells) => (
                <Row cells={cells} words={words} />
              ))}
            </tbody>
          </table>
        </section>
      ),
    )}
  </>
)

const Row = ({ cells, isHead, words }: { cells: readonly (readonly Piece[])[]; isHead?: boolean; words: Words }) => {
  const Cell = isHead ? 'th' : 'td'
  return (
    <tr>
      {cells.map((pieces) => (
        <Cell {...(isHead ? { scope: 'col' } : {})}>
          <Pieces pieces={pieces} words={words} />
        </Cell>
      ))}
    </tr>
  )
}

const Pieces = ({ pieces, words }: { pieces: readonly Piece[]; words: Words }) => (
  <>
    {pieces.map((piece) => (
      <Stretch piece={piece} words={words} />
    ))}
  </>
)

/** The parts that have moved, by their headings. */
const Moved = ({ parts, words, path }: { parts: readonly PartName[]; words: Words; path: string }) => (
  <section>
    <p>{words.t('changes.moved')}</p>
    <ul>
      {parts.map(({ anchor, name }) => (
        <li>
          <a href={`${path}#${anchor}`} {...inLanguage(name, words.locale)}>
            {name.text}
          </a>
        </li>
      ))}
    </ul>
  </section>
)

/** A piece of text. Screen readers also hear that it was removed or added. */
const Stretch = ({ piece: { kind, text }, words }: { piece: Piece; words: Words }) => {
  if (kind === 'same') return <>{text}</>
  const Mark = kind === 'removed' ? 'del' : 'ins'
  return (
    <Mark>
      <span class="unseen" {...markup(words.locale)}>
        {words.t(`changes.${kind}`)}{' '}
      </span>
      {text}
    </Mark>
  )
}
