import { type Complaint, complaint, quoted } from '../../language/complaint'
import type { Style } from '../style'
import { type Fault, some, warning } from './finding'
import type { Prose } from './prose'

/** Checks spaces and apostrophes by a style sheet. */
export function typographyFaults(style: Style, { spoken }: Prose): readonly Fault[] {
  const text = spoken.join('\n')
  return [...spaceComplaints(style, text), ...apostropheComplaints(style, text), ...scriptComplaints(style, text)].map((each) =>
    warning('typography', each),
  )
}

const spaceOf = { none: '', 'no-break': '\u00a0', narrow: '\u202f' } as const
const anySpace = '[ \\u00a0\\u2009\\u202f]'

function spaceComplaints({ spaces = {} }: Style, text: string): readonly Complaint[] {
  return Object.entries(spaceOf).flatMap(([space, wanted]) => {
    const { before = '', after = '' } = spaces[space as keyof typeof spaceOf] ?? {}
    const spaced = [
      ...[...before].map((sign) => ({ sign, side: 'before', places: placesBefore(text, sign, wanted) })),
      ...[...after].map((sign) => ({ sign, side: 'after', places: placesAfter(text, sign, wanted) })),
    ]
    return spaced
      .filter(({ places }) => places.length > 0)
      .map(({ sign, side, places }) => complaint('check.space', { space, sign: quoted(sign), side, places: some(places) }))
  })
}

/** Where another space, or none, stands before a sign. Within addresses, times and code, a sign is no punctuation. */
function placesBefore(text: string, sign: string, wanted: string): readonly string[] {
  const found = text.matchAll(new RegExp(`[^\\s]{1,20}(${anySpace}*)${literal(sign)}(?![\\p{L}\\p{N}/:])`, 'gu'))
  return [...found]
    .filter(([place, space]) => space !== wanted && !/[([{?!.…:;]$/u.test(place.slice(0, -1)))
    .map(([place]) => place)
}

/** Where another space, or none, stands after a sign. */
function placesAfter(text: string, sign: string, wanted: string): readonly string[] {
  const found = text.matchAll(new RegExp(`${literal(sign)}(${anySpace}*)[^\\s]{1,20}`, 'gu'))
  return [...found].filter(([, space]) => space !== wanted).map(([place]) => place)
}

const literal = (sign: string) => sign.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

function apostropheComplaints({ apostrophe }: Style, text: string): readonly Complaint[] {
  const straight = apostrophe === undefined ? null : text.match(/\p{L}+'\p{L}+/gu)
  return apostrophe && straight ? [complaint('check.apostrophe', { words: some(straight), apostrophe })] : []
}

const eastern = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー、。，：；！？「」『』《》（）]'
const western = '[\\p{Script=Latin}\\p{N}{}]'
const acrossScripts = new RegExp(`${eastern} +${western}|${western} +${eastern}`, 'gu')

function scriptComplaints({ betweenScripts }: Style, text: string): readonly Complaint[] {
  const apart = betweenScripts === undefined ? null : text.match(acrossScripts)
  return apart ? [complaint('check.scripts-apart', { places: some(apart) })] : []
}
