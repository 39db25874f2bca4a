import type { FileProblem } from '../../briefings/files'
import type { Catalog } from '../../language/catalog'
import { type CatalogProblem, messageKeys, misplacedIn } from '../../language/catalog-check'
import type { Locale, Locales } from '../../language/locale'
import { type CatalogRecords, noRecords } from '../authorship'
import { catalogNames } from '../catalog-pack'
import type { Glossary } from '../glossary'
import { flawOfMark } from '../marks'
import type { Style } from '../style'
import { type Accepted, settled } from './accepted'
import { checkSegment, errorsOfSegment, styleFindings, type TranslatedText } from './checks'
import { type Finding, inRule, outdatedMessage } from './finding'
import type { FiledFinding, Standards } from './review'

type Catalogs = Readonly<Record<Locale, Catalog>>

/** The words of a program in each of its locales: the site's own, and the newsroom's. No key is in both. */
interface Words {
  readonly locales: Locales
  readonly catalogs: Catalogs
  readonly newsroom: Catalogs
  readonly records: ReadonlyMap<Locale, CatalogRecords>
}

/** What the site names that has the same name in every language. */
const names = ['JSON', 'Markdown']

/** All findings in the catalogs, except those that were accepted with a reason. */
export const reviewCatalogs = (
  { locales: { source, locales }, catalogs, newsroom, records }: Words,
  { glossaries, styles }: Standards,
  accepted: ReadonlyMap<Locale, Accepted>,
): readonly FiledFinding[] =>
  locales.flatMap(({ tag }) => {
    const [own = {}, english = {}] = [tag, source].map((each) => ({ ...catalogs[each], ...newsroom[each] }))
    const fileOf = ({ rule, segment }: Finding) =>
      rule === 'accepted' ? 'accepted' : Object.hasOwn(newsroom[source] ?? {}, segment) ? 'newsroom' : 'site'
    const [glossary, style] = [glossaries.get(tag), styles.get(tag)]
    const found =
      tag === source
        ? settled(findingsInSource(tag, own, style), accepted.get(tag))
        : findingsInCatalog(tag, own, english, { glossary, style, accepted: accepted.get(tag) })
    const { site, newsroom: ofNewsroom } = records.get(tag) ?? noRecords
    const outdated = Object.entries({ ...site.outdated, ...ofNewsroom.outdated }).map(([key, was]) => outdatedMessage(key, was))
    return [...found, ...outdated].map((finding) => ({
      file: `locales/${tag}/${fileOf(finding)}.json`,
      path: finding.segment,
      ...finding,
    }))
  })

/** The source is held to its style sheet only. */
const findingsInSource = (locale: Locale, catalog: Catalog, style: Style | undefined): readonly Finding[] =>
  style ? messagesOf(locale, catalog, catalog).flatMap((text) => styleFindings(style, text)) : []

/** The findings in one catalog that nobody accepted. */
export function findingsInCatalog(
  locale: Locale,
  catalog: Catalog,
  source: Catalog,
  {
    glossary,
    style,
    accepted,
  }: {
    readonly glossary?: Glossary | undefined
    readonly style?: Style | undefined
    readonly accepted?: Accepted | undefined
  } = {},
): readonly Finding[] {
  const findings = messagesOf(locale, catalog, source).flatMap((text) => checkSegment({ ...text, names, glossary, style }))
  return settled(findings, accepted)
}

/**
 * The problems that stop a catalog from being built into a program: a key that the source lacks, a message with an error, and, if
 * it must be `whole`, each missing message.
 */
export const problemsInCatalog = (
  locale: Locale,
  catalog: Catalog,
  source: Catalog,
  extent: 'whole' | 'partial',
): readonly CatalogProblem[] => [
  ...misplacedIn(catalog, source, extent),
  ...messagesOf(locale, catalog, source)
    .flatMap(errorsOfSegment)
    .map((error) => ({ key: error.segment, complaint: inRule(error) })),
]

/** Marks of outdated messages that mean nothing: there is no such message, or its English is again what it was. */
export const problemsOfMarks = ({ locales, catalogs, newsroom, records }: Words): readonly FileProblem[] =>
  [...records].flatMap(([locale, record]) =>
    catalogNames.flatMap((name) => {
      const english = { site: catalogs, newsroom }[name][locales.source] ?? {}
      return Object.entries(record[name].outdated).flatMap(([key, earlier]) => {
        const flaw = flawOfMark(english, key, earlier)
        return flaw ? [{ file: `locales/${locale}/catalogs.json`, path: `${name}.outdated.${key}`, complaint: flaw }] : []
      })
    }),
  )

/** The messages of a catalog with the English of each, as far as it has one. */
const messagesOf = (locale: Locale, catalog: Catalog, source: Catalog): readonly TranslatedText[] =>
  messageKeys(catalog).flatMap((id) => {
    const english = Object.hasOwn(source, id) ? source[id] : undefined
    return english === undefined ? [] : [{ locale, id, kind: 'message' as const, source: english, target: catalog[id] ?? '' }]
  })
