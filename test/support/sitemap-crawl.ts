import { readSitemap } from './feeds'
import { attributesOf, find } from './html'

/** What a crawler is answered. */
export interface Answered {
  readonly status: number
  readonly location: string | null
  readonly body: string
}

export type Ask = (path: string, language?: string) => Promise<Answered>

type Alternates = Readonly<Record<string, string>>

interface Listed {
  readonly loc: string
  readonly alternates: Alternates
}

/** Whether robots may read a path: of the rules for all robots that begin it, the longest decides (RFC 9309, 2.2.2). */
export function allowedBy(robots: string): (path: string) => boolean {
  const [, group = ''] = /^User-agent: \*\n((?:(?:Disallow|Allow): .*\n)*)/m.exec(robots) ?? []
  const rules = [...group.matchAll(/^(Disallow|Allow): (.+)$/gm)].map(([, kind, path = '']) => ({
    length: path.length,
    allows: kind === 'Allow',
    begins: new RegExp(`^${path.replaceAll(/[.+?^{}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*')}`),
  }))
  return (path) => {
    const holding = rules.filter(({ begins }) => begins.test(path))
    const longest = Math.max(...holding.map(({ length }) => length))
    const last = holding.filter(({ length }) => length === longest)
    return last.length === 0 || last.some(({ allows }) => allows)
  }
}

/** The addresses of a sitemap, or of all sitemaps that it is an index of. */
async function listedIn(path: string, origin: string, ask: Ask): Promise<readonly Listed[]> {
  const { status, body } = await ask(path)
  if (status !== 200) throw new Error(`${path} answers ${status}.`)
  const entries = readSitemap(body)
  if (!body.includes('<sitemapindex')) return entries
  return (await Promise.all(entries.map(({ loc }) => listedIn(loc.slice(origin.length), origin, ask)))).flat()
}

/** The alternates that the head of a page names. */
const alternatesIn = (page: string): Alternates =>
  Object.fromEntries(
    find(page, 'link', { rel: 'alternate' }).flatMap(({ attributes }) => {
      const tag = attributes.get('hreflang')
      return tag === undefined ? [] : [[tag, attributes.get('href') ?? '']]
    }),
  )

const sameAs = (one: Alternates, other: Alternates) =>
  JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort())

/**
 * Crawls a site as a search engine does, from `robots.txt` through its sitemaps to every address. Returns the addresses, and what is wrong:
 * one that is not allowed, does not answer, or names another as canonical; alternates that are not those of the sitemap, or do not name it
 * back; an `x-default` that does not lead readers of each language to theirs, and all others to the source.
 */
export async function crawlSitemaps(
  ask: Ask,
  origin: string,
  source: string,
): Promise<{ readonly addresses: readonly string[]; readonly faults: readonly string[] }> {
  const { body: robots } = await ask('/robots.txt')
  const isAllowed = allowedBy(robots)
  const sitemaps = [...robots.matchAll(/^Sitemap: (.+)$/gm)].map(([, address = '']) => address.slice(origin.length))
  const [all = [], ...others] = await Promise.all(sitemaps.map((path) => listedIn(path, origin, ask)))
  const known = new Map(all.map((each) => [each.loc, each.alternates]))
  const faults = others.flat().flatMap(({ loc }) => (known.has(loc) ? [] : [`${loc} is in one sitemap only`]))
  if (known.size !== all.length) faults.push('an address is listed twice')
  const entrances = new Map<string, Alternates>()

  for (const { loc, alternates } of all) {
    const path = loc.slice(origin.length)
    if (!loc.startsWith(`${origin}/`)) faults.push(`${loc} is of another site`)
    if (!isAllowed(path)) faults.push(`${loc} is not allowed`)
    const { status, body } = await ask(path)
    if (status !== 200) faults.push(`${loc} answers ${status}`)
    const canonical = attributesOf(body, 'link', 'href', { rel: 'canonical' })
    if (canonical.join() !== loc) faults.push(`${loc} has the canonical address ${canonical.join() || 'of none'}`)
    if (!sameAs(alternatesIn(body), alternates)) faults.push(`${loc} has other alternates than its sitemap`)
    const [lang = ''] = attributesOf(body, 'html', 'lang')
    if (alternates[lang] !== loc) faults.push(`${loc} is not its own alternate for ${lang}`)
    if (attributesOf(body, 'meta', 'content', { name: 'robots' }).some((each) => each.includes('noindex')))
      faults.push(`${loc} asks not to be listed`)
    const { 'x-default': entrance, ...languages } = alternates
    if (entrance !== undefined) entrances.set(entrance, languages)
    for (const href of Object.values(languages)) {
      if (!known.has(href)) faults.push(`${loc} names ${href}, which no sitemap has`)
      else if (!sameAs(known.get(href) ?? {}, alternates)) faults.push(`${href} does not name ${loc} back`)
    }
  }
  for (const [entrance, languages] of entrances) faults.push(...(await faultsOfEntrance(entrance, languages)))
  return { addresses: [...known.keys()], faults }

  async function faultsOfEntrance(entrance: string, languages: Alternates): Promise<readonly string[]> {
    const path = entrance.slice(origin.length)
    const wanted = [...Object.entries(languages), ['xx', languages[source] ?? '']] as const
    const found: string[] = isAllowed(path) ? [] : [`${entrance} is not allowed`]
    for (const [language, href] of wanted) {
      const { status, location } = await ask(path, language)
      if (status !== 302 || origin + location !== href) found.push(`${entrance} leads ${language} to ${location}, not to ${href}`)
    }
    return found
  }
}
