import { type Complaint, complaint } from '../language/complaint'
import type { Misfit } from '../language/schema'
import type { ListName } from '../language/word-lists'
import type { Part, Settings } from '../settings/settings'
import type { Briefing } from './briefing'
import { kindOf } from './publication'
import { reasonNames } from './segments'

/** What a site decides of its briefings, beside their form. */
export type Decisions = Pick<Settings, 'vocabulary' | 'requires'> & Partial<Pick<Settings, 'tiers'>>

/** The facts that are a word, each with the list that has it. */
const wordFacts = {
  kind: 'kind',
  classification: 'classification',
  category: 'category',
  contentType: 'contentType',
  domain: 'domain',
  impact: 'impact',
  operationalRelevance: 'relevance',
  timeHorizon: 'horizon',
} as const satisfies Partial<Record<keyof Briefing, ListName>>

/** The words of a briefing: where each stands, and the list that it is of. */
export const wordsOf = (
  briefing: Briefing,
): readonly { readonly path: string; readonly list: ListName; readonly word: string }[] => [
  ...Object.entries(wordFacts).flatMap(([path, list]) => {
    const word = briefing[path as keyof typeof wordFacts]
    return word === undefined ? [] : [{ path, list, word }]
  }),
  ...briefing.sources.flatMap(({ risk }, index) =>
    risk === undefined ? [] : [{ path: `sources.${index}.risk`, list: 'risk' as const, word: risk }],
  ),
]

/** Whether a list of the site has a word. */
export const isListed = ({ vocabulary }: Pick<Decisions, 'vocabulary'>, list: ListName, word: string): boolean =>
  vocabulary[list].includes(word)

/** The words that are in no list of the site. */
export const strangeWords = (briefing: Briefing, decisions: Pick<Decisions, 'vocabulary'>): readonly Misfit[] =>
  wordsOf(briefing)
    .filter(({ list, word }) => !isListed(decisions, list, word))
    .map(({ path, list }) => ({ path, complaint: notListed(list, decisions.vocabulary[list]) }))

/** The places that name a tier which the site does not have. */
export function strangeTiers(briefing: Briefing, { tiers = [] }: Pick<Decisions, 'tiers'>): readonly Misfit[] {
  const known = ['public', ...tiers.map(({ id }) => id)]
  const named = [
    ...briefing.sections.map(({ access }, at) => [`sections.${at}.access`, access] as const),
    ['linkedOrganisations.access', briefing.linkedOrganisations.access] as const,
  ]
  return named
    .filter(([, tier]) => !known.includes(tier))
    .map(([path, tier]) => ({ path, complaint: complaint('tier.unknown', { tier, tiers: known }) }))
}

const notListed = (list: ListName, words: readonly string[]): Complaint =>
  words.length === 0 ? complaint('site.no-words', { list }) : complaint('schema.choice', { choices: { oneOf: words } })

/** The places of what the site asks for before a briefing is published, and this one lacks. It asks nothing of a page. */
export const lackingIn = (briefing: Briefing, { requires }: Pick<Decisions, 'requires'>): readonly string[] =>
  kindOf(briefing) === 'page' ? [] : requires.flatMap((part) => lacking(briefing, part))

/** The same, each with its complaint. */
export const lacksIn = (briefing: Briefing, decisions: Pick<Decisions, 'requires'>): readonly Misfit[] =>
  lackingIn(briefing, decisions).map((path) => ({ path, complaint: complaint('site.required') }))

function lacking(briefing: Briefing, part: Part): readonly string[] {
  const [name, text] = part.split('.') as [keyof Briefing, string | undefined]
  if (part === 'reasons') return reasonNames.filter((each) => !briefing.reasons?.[each] && has(briefing[each])).map(inPart(part))
  if (text === undefined) return has(briefing[name]) ? [] : [part]
  const items = Object.entries(name === 'sources' ? briefing.sources : {})
  const places =
    name === 'image' ? [['image', briefing.image] as const] : items.map(([at, item]) => [`sources.${at}`, item] as const)
  return places.filter(([, item]) => item && !Object.hasOwn(item, text)).map(([place]) => inPart(place)(text))
}

const inPart = (part: string) => (name: string) => `${part}.${name}`

const has = (value: unknown) => value !== undefined && !(Array.isArray(value) && value.length === 0)
