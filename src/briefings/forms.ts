import { complaint } from '../language/complaint'
import type { Misfit } from '../language/schema'
import { beginsPart, type Part } from './page-parts'
import { isPageSlug } from './publication'

/** What a file says beside the history, as far as it is looked at here. */
interface Filed {
  readonly slug: string
  readonly formerSlugs: readonly string[]
  readonly byline: readonly unknown[]
  readonly opening?: string
  readonly body: readonly Part[]
  readonly sections: readonly Part[]
  readonly linkedOrganisations: { readonly notes: readonly unknown[] }
}

/** What a briefing lacks without which it is none: somebody who signs it, and a passage. */
export const misfitsOfBriefing = (file: Filed): readonly Misfit[] => [
  ...(['byline', 'body'] as const).flatMap((path) =>
    file[path].length > 0 ? [] : [{ path, complaint: complaint('schema.entries-least', { least: 1 }) }],
  ),
  ...(file.opening === undefined
    ? []
    : [{ path: 'opening', complaint: complaint('schema.keys', { count: 1, keys: ['opening'] }) }]),
]

/** What a page has: its identity and history, and its parts. */
const fieldsOfPage: readonly string[] = [
  ...['id', 'slug', 'formerSlugs', 'state', 'publishedAt', 'revisions'],
  ...['publication', 'title', 'summary', 'opening', 'body', 'sections'],
]

/** What is wrong with a page: parts that only briefings have, an address of the site itself, and a text that its file could not say. */
export function misfitsOfPage(file: Filed): readonly Misfit[] {
  const { slug, formerSlugs } = file
  const foreign = Object.entries({ ...file, linkedOrganisations: file.linkedOrganisations.notes }).filter(
    ([name, value]) => !fieldsOfPage.includes(name) && !(Array.isArray(value) && value.length === 0),
  )
  const passages = passagesOf(file)
  const ids = [...file.body, ...file.sections].map((part) => part.id)
  return [
    ...[slug, ...formerSlugs].flatMap((each, at) =>
      isPageSlug(each) ? [] : [{ path: at === 0 ? 'slug' : `formerSlugs.${at - 1}`, complaint: complaint('schema.slug') }],
    ),
    ...foreign.map(([path]) => ({ path, complaint: complaint('page.foreign-part') })),
    ...(passages.every(({ text }) => text === '') ? [{ path: '', complaint: complaint('page.empty') }] : []),
    ...passages.filter(({ text }) => beginsPart(text)).map(({ path }) => ({ path, complaint: complaint('page.heading') })),
    ...(ids.includes('opening') ? [{ path: 'body', complaint: complaint('page.opening-taken') }] : []),
  ]
}

const passagesOf = ({ opening = '', body, sections }: Filed) => [
  { path: 'opening', text: opening },
  ...body.map(({ text }, at) => ({ path: `body.${at}.text`, text })),
  ...sections.map(({ text }, at) => ({ path: `sections.${at}.text`, text })),
]
