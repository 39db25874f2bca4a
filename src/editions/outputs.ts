import type { Words } from '../language/catalog'
import { inertMarkdown } from '../language/markdown'
import { type Membership, pathToJoin, titlesToJoin } from '../members/membership'
import type { Site } from '../site'
import { pathTo } from './addresses'
import { noticeOf } from './notice'
import type { Answer } from './print'
import type { Reading, Text } from './reading'

interface Output {
  readonly body: string
  readonly type: string
}

/** The answer as plain values: the resolution, the notice in the reader's language, and the reading. */
export function answerAsValue(site: Site, answer: Answer) {
  const { resolution, reading } = answer
  const { origin } = site.config
  const { sentences = [], changed = [] } = noticeOf(answer, site.speak(resolution.asked)) ?? {}
  return {
    url: origin + pathTo(resolution.asked, reading.slug),
    canonical: origin + pathTo(resolution.served, reading.slug),
    resolution,
    notice: { lang: resolution.asked, sentences, changed: changed.map(({ anchor }) => anchor) },
    briefing: {
      ...reading,
      image: { ...reading.image, url: origin + site.asset(`images/${reading.image.file}`) },
    },
  }
}

/** The same written in JSON. */
export const answerAsJson = (site: Site, answer: Answer): Output => ({
  body: `${JSON.stringify(answerAsValue(site, answer), null, 2)}\n`,
  type: 'application/json; charset=utf-8',
})

/** The answer as a Markdown document: the notice in the language asked for, everything else in the language served. */
export function answerAsMarkdown(site: Site, answer: Answer): Output {
  const { resolution, reading } = answer
  const words = site.speak(reading.locale)
  const notice = noticeOf(answer, site.speak(resolution.asked))
  const blocks = [
    ...(notice ? [quoted([...notice.sentences, ...changes(answer, site)])] : []),
    `# ${plain(reading.title)}`,
    `*${words.t(`kind.${reading.facts.kind}`)} · ${plain(reading.topic)}*`,
    plain(reading.summary),
    facts(reading, words),
    `## ${words.t('briefing.key-points')}`,
    list(reading.keyPoints.map(({ text }) => text)),
    ...reading.body.flatMap(({ heading, text }) => [`## ${plain(heading)}`, inertMarkdown(text.text)]),
    `## ${words.t('briefing.affected')}`,
    list(reading.affectedAreas.map(({ text }) => text)),
    `## ${words.t('briefing.context')}`,
    inertMarkdown(reading.context.text),
    `## ${words.t('briefing.watch')}`,
    list(reading.watch.map(({ text }) => text)),
    `## ${words.t('briefing.sources')}`,
    reading.sources
      .map(
        ({ title, url, note, risk }, index) =>
          `${index + 1}. [${plain(title)}](<${url.replace(/[<>\\]/g, encodeURIComponent)}>): ${plain(note)} (${words.t(`risk.${risk}`)})`,
      )
      .join('\n'),
    ...members(reading, words, (membership) => site.config.origin + pathToJoin(membership, resolution.asked)),
    `<${site.config.origin + pathTo(resolution.served, reading.slug)}>`,
  ]
  return { body: `${blocks.join('\n\n')}\n`, type: 'text/markdown; charset=utf-8' }
}

function changes(answer: Answer, site: Site): readonly string[] {
  const words = site.speak(answer.resolution.asked)
  const { changed = [] } = noticeOf(answer, words) ?? {}
  return changed.length === 0 ? [] : [`${words.t('notice.outdated')} ${words.list(changed.map(({ name }) => name.text))}`]
}

function facts({ facts: told, publishedAt, changedAt, byline, translators }: Reading, words: Words): string {
  const { t } = words
  const percent = words.percent(told.confidence)
  return [
    `${t('fact.impact')}: ${t(`impact.${told.impact}`)}`,
    `${t('fact.confidence')}: ${t('confidence.stated', { words: t(`grade.${told.grade}`), percent })}`,
    `${t('fact.category')}: ${t(`category.${told.category}`)}`,
    `${t('fact.domain')}: ${t(`domain.${told.domain}`)}`,
    `${t('fact.regions')}: ${words.list(told.regions.map(words.region))}`,
    t('briefing.by', { names: words.list(byline) }),
    ...(translators.length === 0 ? [] : [t('briefing.translated-by', { names: words.list(translators) })]),
    t('briefing.published', { date: words.date(publishedAt) }),
    ...(changedAt === undefined ? [] : [t('briefing.changed', { date: words.date(changedAt) })]),
  ]
    .map((line) => `- ${escaped(line)}`)
    .join('\n')
}

function members(
  { sections, linkedOrganisations: linked }: Reading,
  words: Words,
  addressToJoin: (membership: Membership) => string,
): readonly string[] {
  const { t } = words
  const condition = (access: (typeof sections)[number]['access']) =>
    access === 'public' ? '' : `${t(`locked.${access}`)} [${t(titlesToJoin[access])}](<${addressToJoin(access)}>)`
  return [
    ...(sections.length + linked.count === 0 ? [] : [`## ${t('briefing.members')}`]),
    ...sections.flatMap((section) => [
      `### ${plain(section.heading)}`,
      section.locked
        ? `${condition(section.access)}\n\n${t('locked.words', { count: section.words })}`
        : inertMarkdown(section.text.text),
    ]),
    ...(linked.count === 0
      ? []
      : [
          `### ${t('briefing.linked')}`,
          linked.locked
            ? `${condition(linked.access)}\n\n${t('locked.notes', { count: linked.count })}`
            : linked.notes.map(({ name, note }) => `- **${escaped(name)}**: ${plain(note)}`).join('\n'),
        ]),
  ]
}

const quoted = (lines: readonly string[]) => lines.map((line) => `> ${escaped(line)}`).join('\n>\n')
const list = (texts: readonly Text[]) => texts.map((text) => `- ${plain(text)}`).join('\n')
const plain = ({ text }: Text) => escaped(text)

/** A plain text inside Markdown: one line, with markup escaped. */
const escaped = (text: string) => text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>#|&~]/g, '\\$&')
