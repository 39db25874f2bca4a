import { printAnswer, printEdition } from '../editions/page'
import { once } from '../language/once'
import type { LiveSite } from '../site'
import type { Texts } from '../storage/deflated-rows'
import type { EditionPiece, Pieces } from './pages'
import { differenceOf, isSame, type Piece, type Printed } from './pieces'
import type { Standing } from './published'
import type { Pages } from './store'

/** What a print changes of the pages of a briefing, rendered. What stays the same is not. */
export function renderedPages(
  site: LiveSite,
  { formerSlugs }: Pick<Standing, 'formerSlugs'>,
  { editions, answers, lists }: Pieces,
  left: Printed,
): Pages {
  const now = answers[0]?.answer.reading.slug
  const moved = now === undefined ? [] : formerSlugs.map((slug) => ({ place: slug, madeOf: now, fingerprint: '' }))
  const answered = differenceOf(left.answers, answers)
  return {
    editions: renderedEditions(site, editions, left),
    answers: {
      ...answered,
      changed: answered.changed.map((piece) => ({ ...piece, printed: answerOf(site, piece) })),
    },
    lists: differenceOf(left.lists, lists),
    moved: differenceOf(left.moved, moved),
  }
}

const answerOf = (site: LiveSite, { answer, card }: Pieces['answers'][number]) =>
  printAnswer({ ...site, speak: site.voiceOf('answer', answer.resolution.asked) }, answer, card)

/** An edition for members is written as what differs from everyone's (`storage/deflated-rows.ts`), so it is written again with that. */
function renderedEditions(site: LiveSite, editions: readonly EditionPiece[], left: Printed): Pages['editions'] {
  const everyones = new Map(editions.filter(isEveryones).map((each) => [each.reading.locale, each]))
  const isLeft = (piece: Piece | undefined) => !piece || isSame(piece, left.editions.get(piece.place))
  const { cleared, changed } = differenceOf(
    left.editions,
    editions,
    (piece) => isLeft(piece) && isLeft(everyones.get(piece.reading.locale)),
  )
  const ofEveryone = once((locale) => rendered(site, everyones.get(locale)))
  return {
    cleared,
    changed: changed.map((piece) => {
      const everyone = ofEveryone(piece.reading.locale)
      return everyone && isEveryones(piece) ? { ...piece, printed: everyone } : { ...piece, ...membersOf(site, piece, everyone) }
    }),
  }
}

const rendered = (site: LiveSite, piece: EditionPiece | undefined): Texts | undefined =>
  piece && { ...articleOf(site, piece), document: piece.document }

const membersOf = (site: LiveSite, piece: EditionPiece, everyones: Texts | undefined) => ({
  printed: articleOf(site, piece),
  everyones,
})

const articleOf = (site: LiveSite, { reading }: EditionPiece) =>
  printEdition({ ...site, speak: site.voiceOf('edition', reading.locale) }, reading)

const isEveryones = ({ reading }: EditionPiece) => reading.tier === 'public'
