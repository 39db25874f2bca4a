import { readEarlierSegments } from '../../briefings/revision-store'
import { findSourceBySlug } from '../../briefings/store'
import { differenceOf, type Piece } from '../../language/difference'
import { Refusal } from '../../problem'
import { type Change, changesSinceRevision, changesSinceTranslated } from '../../translations/changes'
import { findTranslation } from '../../translations/store'
import { command } from '../command'
import { asJson, say } from '../report'
import { targetOf, where, withSite } from './open'

/** Shows how a briefing's English has changed, word by word: since a revision, or since a translation was made. */
export const changesCommand = command({
  name: 'changes',
  about: 'Show how the English has changed, word by word: since a revision, or since a translation was made',
  options: {
    locale: { type: 'text', about: 'Since the translation into this language was made, such as es' },
    since: {
      type: 'number',
      from: 1,
      to: 1_000_000,
      about: 'Since this revision of the English, not with --locale (default: the one before the last)',
    },
    ...where,
  },
  positionals: { slug: { required: true, about: 'The briefing, by the last part of its address' } },
  example: 'uk-merger-case-microsoft-mistral --locale es',
  run: (given) => {
    if (given.locale !== undefined && given.since !== undefined)
      throw new Refusal('option.either', { one: '--locale', other: '--since' })
    return withSite(given.edge, async (site) => {
      const { database, locales } = site
      const source = await findSourceBySlug(database, given.slug)
      if (!source) throw new Refusal('briefing.unknown', { slug: given.slug })
      const withEarlier = { ...source, earlier: await readEarlierSegments(database, source.id) }
      const changes =
        given.locale !== undefined
          ? changesSinceTranslated(withEarlier, await translationInto(targetOf(site, given.locale)))
          : changesSinceRevision(withEarlier, revisionIn(given.since ?? Math.max(1, source.revision - 1), source.revision))
      if (given.json) say(asJson(changes))
      else if (changes.length === 0) say('Nothing has changed.')
      else for (const change of changes) say(inWords(change, locales.source))

      async function translationInto(locale: string) {
        const translation = await findTranslation(database, source?.id ?? '', locale)
        if (!translation) throw new Refusal('translation.unknown', { slug: given.slug, locale })
        return translation
      }
    })
  },
})

function revisionIn(revision: number, last: number): number {
  if (revision <= last) return revision
  throw new Refusal('revision.unknown', { revision, last })
}

/** A change as lines: the segment and its significance, then its text with what was removed and added. */
function inWords({ id, significance, before, after }: Change, source: string): string {
  const kind = after === undefined ? 'removed' : before === undefined ? 'new, or its earlier English is unknown' : significance
  const pieces = differenceOf(before ?? '', after ?? '', source)
  const text = before === undefined ? (after ?? '') : pieces.map(marked).join('')
  return `${id} (${kind})\n${text.replace(/^/gm, '  ')}\n`
}

const isColoured = process.stdout.isTTY && !process.env['NO_COLOR']

/** Marks words as `git diff --word-diff` does. In colour on a terminal. */
function marked({ kind, text }: Piece): string {
  if (kind === 'same') return text
  const [opening, closing, colour] = kind === 'removed' ? ['[-', '-]', 31] : ['{+', '+}', 32]
  return isColoured ? `\u001b[${colour}m${opening}${text}${closing}\u001b[0m` : `${opening}${text}${closing}`
}
