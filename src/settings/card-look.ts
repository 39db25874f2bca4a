import type { Logo } from './logo'

/** How the cards of a site look, as far as they look otherwise than the program's own. */
export interface CardLook {
  readonly colours: Readonly<Record<string, string>>
  /** The site's logo, if it is small enough to be kept with each card. */
  readonly sign?: Pick<Logo, 'viewBox' | 'shapes'>
}

/** The mark of the program: a site that shows it has the program's cards. */
export const programsMark = [
  '<path d="M8 13H26L41 39.25 32 55z"></path>',
  '<path d="M56 13H38L23 39.25 32 55z"></path>',
  '<path d="M32 23.5L41 39.25 32 55 23 39.25z"></path>',
].join('')

const signMax = 2000

/** The look of a site's cards; `undefined` for the program's own. */
export function cardLookOf(logo: Logo | undefined, colours: CardLook['colours']): CardLook | undefined {
  if (logo?.shapes === programsMark && Object.keys(colours).length === 0) return undefined
  const isKept = logo !== undefined && logo.shapes.length <= signMax
  return { colours, ...(isKept ? { sign: { viewBox: logo.viewBox, shapes: logo.shapes } } : {}) }
}
