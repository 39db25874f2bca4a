import { kindOf } from '../briefings/publication'
import { partOf } from '../briefings/segments'
import type { MessageKey, Words } from '../language/catalog'
import { isFallback } from '../language/resolution'
import type { Answer } from './print'
import type { Reading, Text } from './reading'

/** The name of a part of the page: a heading of the text, in its own language, or words of the site. */
export interface PartName {
  readonly anchor: string
  readonly name: Text
}

/** What a page says about its language, in sentences of the reader's language. */
export interface Notice {
  readonly sentences: readonly string[]
  readonly changed: readonly PartName[]
}

const standingNotice: Partial<Record<string, MessageKey>> = {
  'in-translation': 'notice.in-translation',
  withdrawn: 'notice.withdrawn',
}

/** The same of a page. */
const standingOfPage: typeof standingNotice = { 'in-translation': 'page.in-translation', withdrawn: 'page.withdrawn' }

/** The notice of an answer; `undefined` if there is nothing to say. */
export function noticeOf({ resolution, reading }: Answer, words: Words): Notice | undefined {
  const { t } = words
  const { reason, served, provenance } = resolution
  const sentences: string[] = []
  const isPage = kindOf(reading) === 'page'
  if (reason === 'fallback-language') {
    const values = { served, language: words.language(served) }
    sentences.push(isPage ? t('page.fallback-language', values) : t('notice.fallback-language', values))
  } else if (isFallback(resolution)) {
    sentences.push(isPage ? t('page.not-yet-available') : t('notice.not-yet-available'))
    const standing = isPage ? standingOfPage[reason] : standingNotice[reason]
    if (standing) sentences.push(t(standing))
  }
  const untranslated = partsOf(resolution.missing, reading, words)
  if (untranslated.length > 0) sentences.push(t('notice.partial', { count: untranslated.length }))
  if (provenance === 'machine' || provenance === 'machine-reviewed') sentences.push(t(`notice.${provenance}`))
  const changed = partsOf(resolution.outdated, reading, words)
  return sentences.length === 0 && changed.length === 0 ? undefined : { sentences, changed }
}

/** All that a page says about its language, where no links can follow: the changed parts are a sentence of their own. */
export function sentencesOf(answer: Answer, words: Words): readonly string[] {
  const { sentences = [], changed = [] } = noticeOf(answer, words) ?? {}
  if (changed.length === 0) return sentences
  const names = words.list(changed.map(({ name }) => name.text))
  return [...sentences, words.t('punctuation.sentences', { first: words.t('notice.outdated'), second: names })]
}

const partNames: Readonly<Record<string, MessageKey>> = {
  title: 'briefing.title',
  topic: 'fact.topic',
  summary: 'briefing.summary',
  opening: 'page.opening',
  keyPoints: 'briefing.key-points',
  image: 'briefing.image',
  reasons: 'briefing.classifications',
  event: 'briefing.event',
  affectedAreas: 'briefing.affected',
  context: 'briefing.context',
  watch: 'briefing.watch',
  linkedOrganisations: 'briefing.linked',
  sources: 'briefing.sources',
}

/** The parts of the page that these segments are in, each once, named by headings that everyone may read. */
export function partsOf(segmentIds: readonly string[], reading: Reading, words: Words): readonly PartName[] {
  return [...new Set(segmentIds.map(partOf))].map((anchor) => ({ anchor, name: nameOf(anchor, reading, words) }))
}

/** The name of a part of the page by its anchor. */
export function nameOf(part: string, { body, sections }: Pick<Reading, 'body' | 'sections'>, words: Words): Text {
  const key = partNames[part]
  if (key) return { lang: words.locale, text: words.t(key) }
  const headed = [
    ...body.map((each) => ({ ...each, part: `body.${each.id}` })),
    ...sections.map((each) => ({ ...each, part: `sections.${each.id}` })),
  ]
  return headed.find((each) => each.part === part)?.heading ?? { lang: words.locale, text: words.t('briefing.body') }
}
