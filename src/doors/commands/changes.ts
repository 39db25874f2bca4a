import { defineCommand } from 'citty'
import { findSourceBySlug, readEarlierSegments } from '../../briefings/store'
import { differenceOf, type Piece } from '../../language/difference'
import { type Change, changesSinceRevision, changesSinceTranslated } from '../../translations/changes'
import { findTranslation } from '../../translations/store'
import { asJson, say, targetOf, where, withSite } from './open'

/** What of a briefing's English has changed, word by word: since a revision, or since a translation was made. */
export const changesCommand = defineCommand({
  meta: { name: 'changes', description: 'What of the English has changed, word by word: since a revision, or for a translator' },
  args: {
    slug: { type: 'positional', required: true, description: 'The briefing, by the last part of its address' },
    locale: { type: 'string', description: 'Since the translation into this language was made, such as es' },
    since: { type: 'string', description: 'Since this revision of the English (default: the one before the last)' },
    ...where,
    ...asJson,
  },
  run: ({ args }) =>
    withSite(args.edge as string | undefined, async (site) => {
      const { database, locales } = site
      const source = await findSourceBySlug(database, args.slug)
      if (!source) throw new Error(`There is no briefing ${args.slug}.`)
      const told = { ...source, earlier: await readEarlierSegments(database, source.id) }
      const changes = args.locale
        ? changesSinceTranslated(told, await translationInto(targetOf(site, args.locale)))
        : changesSinceRevision(told, revisionIn(args.since, source.revision))
      if (args.json) say(JSON.stringify(changes))
      else if (changes.length === 0) say('Nothing has changed.')
      else for (const change of changes) say(inWords(change, locales.source))

      async function translationInto(locale: string) {
        const translation = await findTranslation(database, source?.id ?? '', locale)
        if (!translation) throw new Error(`There is no translation of ${args.slug} into ${locale}.`)
        return translation
      }
    }),
})

function revisionIn(typed: string | undefined, last: number): number {
  const revision = typed === undefined ? Math.max(1, last - 1) : Number(typed)
  if (Number.isInteger(revision) && revision >= 1 && revision <= last) return revision
  throw new Error(`--since ${typed} is no revision of this briefing: it has ${last}, counted from 1.`)
}

/** A change as lines: the segment and how much it matters, then its text with what was taken out and what was added. */
function inWords({ id, significance, before, after }: Change, source: string): string {
  const kind = after === undefined ? 'gone' : before === undefined ? 'new, or its earlier English is not known' : significance
  const pieces = differenceOf(before ?? '', after ?? '', source)
  const text = before === undefined ? (after ?? '') : pieces.map(marked).join('')
  return `${id} (${kind})\n${text.replace(/^/gm, '  ')}\n`
}

const isColoured = process.stdout.isTTY && !process.env['NO_COLOR']

/** As `git diff --word-diff` marks words; in colour where a person watches. */
function marked({ kind, text }: Piece): string {
  if (kind === 'same') return text
  const [opening, closing, colour] = kind === 'removed' ? ['[-', '-]', 31] : ['{+', '+}', 32]
  return isColoured ? `\u001b[${colour}m${opening}${text}${closing}\u001b[0m` : `${opening}${text}${closing}`
}
