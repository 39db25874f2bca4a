/** The lists of words for facts that a site decides. A word has a name in every catalog, under `<list>.<word>`. */
export const listNames = [
  'kind',
  'classification',
  'category',
  'contentType',
  'domain',
  'impact',
  'relevance',
  'horizon',
  'risk',
] as const
export type ListName = (typeof listNames)[number]

/** The key of what a word of a site is called: a list, a word, and what else is said of it. */
export type WordKey = `${ListName | 'grade' | 'tier'}.${string}`
