import { kindOf } from '../briefings/publication'
import type { Words } from '../language/catalog'
import { inertMarkdown } from '../language/markdown'
import { pathToJoin } from '../members/membership'
import type { Site } from '../site'
import { pathTo } from './addresses'
import { factsOf, list, membersOf, plain, quoted } from './markdown-parts'
import { sentencesOf } from './notice'
import type { Output } from './outputs'
import type { Answer } from './print'
import type { Reading } from './reading'

/** The answer as a Markdown document: the notice in the language asked for, everything else in the language served. */
export function answerAsMarkdown(site: Site, answer: Answer): Output {
  const { resolution, reading } = answer
  const { origin } = site.config
  const words = site.speak(reading.locale)
  const blocks = [
    ...noticeIn(answer, site.speak(resolution.asked)),
    ...articleIn(reading, words),
    ...membersOf(reading, words, site.settings.tiers, (tier) => origin + pathToJoin(tier, resolution.asked)),
    `<${origin + pathTo(resolution.served, reading.slug, kindOf(reading))}>`,
  ]
  return { body: `${blocks.join('\n\n')}\n`, type: 'text/markdown; charset=utf-8' }
}

function noticeIn(answer: Answer, words: Words): readonly string[] {
  const sentences = sentencesOf(answer, words)
  return sentences.length === 0 ? [] : [quoted(sentences)]
}

/** What everyone may read. */
const articleIn = (reading: Reading, words: Words): readonly string[] => [
  `# ${plain(reading.title)}`,
  ...kickerOf(reading, words),
  plain(reading.summary),
  ...(reading.opening ? [inertMarkdown(reading.opening.text, 'opening')] : []),
  factsOf(reading, words),
  ...titled(words.t('briefing.key-points'), list(reading.keyPoints.map(({ text }) => text))),
  ...reading.body.flatMap(({ id, heading, text }) => [`## ${plain(heading)}`, inertMarkdown(text.text, id)]),
  ...titled(words.t('briefing.affected'), list(reading.affectedAreas.map(({ text }) => text))),
  ...titled(words.t('briefing.context'), reading.context ? inertMarkdown(reading.context.text, 'context') : ''),
  ...titled(words.t('briefing.watch'), list(reading.watch.map(({ text }) => text))),
  ...titled(words.t('briefing.sources'), sourcesOf(reading, words)),
]

/** The kind of text and its topic, as far as there are any. */
function kickerOf({ facts: { kind }, topic }: Reading, words: Words): readonly string[] {
  const parts = [...(kind === undefined ? [] : [words.named(`kind.${kind}`)]), ...(topic ? [plain(topic)] : [])]
  return parts.length === 0 ? [] : [`*${parts.join(' · ')}*`]
}

/** A heading with what stands below it. Without anything there is no heading. */
const titled = (heading: string, content: string): readonly string[] => (content === '' ? [] : [`## ${heading}`, content])

const sourcesOf = ({ sources }: Reading, { t, named }: Words): string =>
  sources
    .map(({ title, url, note, risk }, index) => {
      const link = `[${plain(title)}](<${url.replace(/[<>\\]/g, encodeURIComponent)}>)`
      const text = note ? t('punctuation.label', { name: link, value: plain(note) }) : link
      const weighed = risk === undefined ? text : t('punctuation.brackets', { text, inside: named(`risk.${risk}`) })
      return `${index + 1}. ${weighed}`
    })
    .join('\n')
