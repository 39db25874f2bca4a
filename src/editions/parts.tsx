import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { Words } from '../language/catalog'
import { inLanguage, type Locale } from '../language/locale'
import { passageHtml } from './passage'
import type { Item, Text } from './reading'

/** A part of the article under its heading; links lead to its anchor. */
export const Part = ({ anchor, title, children }: { anchor: string; title: string; children?: Child }) => (
  <section id={anchor}>
    <h2>{title}</h2>
    {children}
  </section>
)

/** A part that is a list. Without items there is no part: a heading stands above something. */
export const ListPart = ({
  anchor,
  title,
  ...list
}: {
  anchor: string
  title: string
  items: readonly Item[]
  locale: Locale
}) =>
  list.items.length === 0 ? null : (
    <Part anchor={anchor} title={title}>
      <List {...list} />
    </Part>
  )

const List = ({ items, locale }: { items: readonly Item[]; locale: Locale }) => (
  <ul>
    {items.map(({ text }) => (
      <li {...inLanguage(text, locale)}>{text.text}</li>
    ))}
  </ul>
)

/** An organisation by the name that the language of the text has for it. */
export const OrganisationName = ({ name, words }: { name: string; words: Words }) => {
  const called = words.organisation(name)
  return <bdi {...inLanguage(called, words.locale)}>{called.text}</bdi>
}

export const Term = ({ name, text, locale }: { name: string; text: Text; locale: Locale }) => (
  <div>
    <dt>{name}</dt>
    <dd {...inLanguage(text, locale)}>{text.text}</dd>
  </div>
)

/** A passage of Markdown, sanitised when it was printed. It is marked if it is not translated yet. */
export const Passage = ({
  text,
  words,
  locale,
  ...place
}: {
  text: Text
  words: Words
  locale: Locale
  heading: string
  level?: number
}) => (
  <>
    {text.lang !== locale && <p class="untranslated">{words.t('segment.in-source-language')}</p>}
    <div class="passage" {...inLanguage(text, locale)}>
      {raw(passageHtml(text, { words, ...place }))}
    </div>
  </>
)
