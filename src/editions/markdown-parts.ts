import type { Tier } from '../briefings/vocabulary'
import type { Words } from '../language/catalog'
import { inertMarkdown } from '../language/markdown'
import { isJoinable } from '../members/membership'
import { lockedBy, titleToJoin } from '../members/tier-words'
import type { SiteTier } from '../settings/settings'
import { statedConfidence, statedImpact } from './measures'
import type { LinkedOrganisations, Reading, Section, Text } from './reading'

/** The facts of a briefing as a list in Markdown. */
export function factsOf({ facts, publishedAt, changedAt, byline, translators }: Reading, words: Words): string {
  const { t, named } = words
  const { category, domain, regions } = facts
  const labelled = (name: string, value: string) => t('punctuation.label', { name, value })
  const judged = [
    statedImpact(facts, words),
    statedConfidence(facts, words),
    category && labelled(t('fact.category'), named(`category.${category}`)),
    domain && labelled(t('fact.domain'), named(`domain.${domain}`)),
  ]
  return [
    ...judged.flatMap((line) => line ?? []),
    ...(regions.length === 0 ? [] : [labelled(t('fact.regions'), words.list(regions.map(words.region)))]),
    ...(byline.length === 0 ? [] : [t('briefing.by', { names: words.list(byline) })]),
    ...(translators.length === 0 ? [] : [t('briefing.translated-by', { names: words.list(translators) })]),
    t('briefing.published', { date: words.date(publishedAt) }),
    ...(changedAt === undefined ? [] : [t('briefing.changed', { date: words.date(changedAt) })]),
  ]
    .map((line) => `- ${escaped(line)}`)
    .join('\n')
}

/** What members read, or what it takes to read it. */
export function membersOf(
  reading: Reading,
  words: Words,
  tiers: readonly SiteTier[],
  addressToJoin: (to: Tier) => string,
): readonly string[] {
  const { t } = words
  const { sections, linkedOrganisations: linked } = reading
  const condition = (access: Section['access']) =>
    tiers
      .filter(({ id }) => id === access)
      .map((tier) => {
        const first = lockedBy(words, tier)
        if (!isJoinable(tier)) return first
        return t('punctuation.sentences', { first, second: `[${titleToJoin(words, tier)}](<${addressToJoin(access)}>)` })
      })
      .join('')
  const locked = (access: Section['access'], size: string) => `${condition(access)}\n\n${size}`
  const notes = linked.locked ? locked(linked.access, t('locked.notes', { count: linked.count })) : notesOf(linked.notes, words)
  return [
    ...(sections.length + linked.count === 0 ? [] : [`## ${t('briefing.members')}`]),
    ...sections.flatMap((section) => [
      `### ${plain(section.heading)}`,
      section.locked
        ? locked(section.access, t('locked.words', { count: section.words }))
        : deeper(inertMarkdown(section.text.text, section.id)),
    ]),
    ...(linked.count === 0 ? [] : [`### ${t('briefing.linked')}`, notes]),
  ]
}

/** A passage whose heading is one level deeper than that of the others, so that its sub-headings are too. */
const deeper = (markdown: string) => markdown.replace(/^ {0,3}(?=#{3,4} )/gm, '#')

type Notes = Extract<LinkedOrganisations, { locked: false }>['notes']

const notesOf = (notes: Notes, { t, organisation }: Words): string =>
  notes
    .map(({ name, note }) => `- ${t('punctuation.label', { name: `**${plain(organisation(name))}**`, value: plain(note) })}`)
    .join('\n')

export const quoted = (lines: readonly string[]) => lines.map((line) => `> ${escaped(line)}`).join('\n>\n')
export const list = (texts: readonly Text[]) => texts.map((text) => `- ${plain(text)}`).join('\n')
export const plain = ({ text }: Text) => escaped(text)

/** A plain text inside Markdown: one line, with markup escaped. No-break spaces stay. */
const escaped = (text: string) => text.replace(/[^\S\u00a0\u202f]+/g, ' ').replace(/[\\`*_[\]<>#|&~]/g, '\\$&')
