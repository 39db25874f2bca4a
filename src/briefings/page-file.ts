import * as z from 'zod'
import type { Complaint } from '../language/complaint'
import { heldTo, type Misfit } from '../language/schema'
import { type BriefingFile, briefingFileSchema, emptyLists } from './briefing'
import { type FileProblem, flawsIn } from './files'
import { cutIntoParts, type Part } from './page-parts'

/** A Markdown file whose front matter is read: its fields, and the text below. */
export interface MarkdownFile {
  readonly path: string
  readonly front: unknown
  readonly text: string
  /** Why it cannot be read. */
  readonly flaw?: Complaint | undefined
}

const field = z.unknown().optional()

/** The fields of a page. What they may hold, the schema of what is published says. */
const frontSchema = z.strictObject({
  title: field,
  description: field,
  slug: field,
  formerSlugs: field,
  state: field,
  publishedAt: field,
  access: field,
  revisions: field,
})

/** The revision of a page that names none. */
const firstRevision = { significance: 'material', note: 'First version.' } as const

/** Reads the English of a page: `pages/<id>.md`. Returns it in the form of a briefing's file, or every problem in it. Never throws. */
export function readPageFile({ path, front, text, flaw }: MarkdownFile): BriefingFile | readonly FileProblem[] {
  const of = ({ path: place, complaint }: Misfit): FileProblem => ({ file: path, path: fieldOf(place), complaint })
  if (flaw) return [of({ path: '', complaint: flaw })]
  const fields = heldTo(frontSchema, front)
  const cut = cutIntoParts(text)
  if ('misfits' in fields) return fields.misfits.map(of)
  if (cut.misfits.length > 0) return cut.misfits.map(of)
  const held = heldTo(briefingFileSchema, { ...emptyLists, ...publicationIn(idIn(path), fields.data, cut) })
  if ('misfits' in held) return held.misfits.map(of)
  const flaws = flawsIn(path, held.data)
  return flaws.length > 0 ? flaws : held.data
}

/** The id that a file of a page has as its name. */
export const idIn = (path: string): string => path.replace(/^.*\/|\.md$/g, '')

function publicationIn(id: string, front: z.infer<typeof frontSchema>, { opening, parts }: ReturnType<typeof cutIntoParts>) {
  const { title, description: summary, slug = id, formerSlugs = [], state = 'published', publishedAt, access, revisions } = front
  const dated = instantIn(publishedAt)
  const entries: readonly unknown[] = Array.isArray(revisions) ? revisions : [{ ...firstRevision, savedAt: dated }]
  return {
    publication: 'page',
    ...{ id, slug, formerSlugs, state, publishedAt: dated, title, summary },
    ...(opening === '' ? {} : { opening }),
    ...(access === undefined ? { body: parts } : { sections: parts.map((part: Part) => ({ ...part, access })) }),
    revisions: entries.map((entry, index) =>
      isFields(entry) ? { revision: index + 1, ...entry, savedAt: instantIn(entry['savedAt']) } : entry,
    ),
  }
}

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A date as the instant at which it begins in UTC; anything else as it is. */
const instantIn = (value: unknown) =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T00:00:00Z` : value

/** The field of a file in which a value of its publication is written. */
const fieldOf = (path: string) => (path === 'summary' ? 'description' : path)
