import * as z from 'zod'
import type { BriefingFile } from '../briefings/briefing'
import type { FileProblem } from '../briefings/files'
import type { MarkdownFile } from '../briefings/page-file'
import { type Cut, cutIntoParts } from '../briefings/page-parts'
import type { Locale } from '../language/locale'
import { heldTo, type Misfit } from '../language/schema'
import { type LocaleFile, localeFileSchema } from './translation'

/** The fields of a translation of a page. The rest of them are those of a locale file. */
const fields = z.looseObject({
  title: z.unknown().optional(),
  description: z.unknown().optional(),
  credits: z.unknown().optional(),
})

/**
 * Reads a translation of a page: `locales/<tag>/pages/<id>.md`. Its parts are found by their ids, in any order. `english` is the page.
 * Returns it in the form of a locale file, or every problem in it. Never throws.
 */
export function readPageTranslation(
  { path, front, text, flaw }: MarkdownFile,
  source: Locale,
  english: Pick<BriefingFile, 'sections'> | undefined,
): LocaleFile | readonly FileProblem[] {
  const of = ({ path: place, complaint }: Misfit): FileProblem => ({ file: path, path: place, complaint })
  if (flaw) return [of({ path: '', complaint: flaw })]
  const held = heldTo(fields, front)
  if ('misfits' in held) return held.misfits.map(of)
  const cut = cutIntoParts(text)
  if (cut.misfits.length > 0) return cut.misfits.map(of)
  const { title = '', description: summary = '', credits = [], ...facts } = held.data
  const segments = { title, summary, ...segmentsIn(cut, english) }
  const read = heldTo(localeFileSchema, { ...facts, locale: localeIn(path), source, credits, segments })
  return 'data' in read ? read.data : read.misfits.map(of)
}

/** The texts of a page by the ids of their segments. Parts for members are in another list. */
function segmentsIn(
  { opening, parts }: Cut,
  english: Pick<BriefingFile, 'sections'> | undefined,
): Readonly<Record<string, string>> {
  const listOf = (id: string) => (english?.sections.some((section) => section.id === id) ? 'sections' : 'body')
  const texts = parts.flatMap(({ id, heading, text }) => [
    [`${listOf(id)}.${id}.heading`, heading],
    [`${listOf(id)}.${id}`, text],
  ])
  return { ...(opening === '' ? {} : { opening }), ...Object.fromEntries(texts) }
}

/** The language of a file, which is the name of the folder around its folder. */
const localeIn = (path: string): Locale => path.split('/').at(-3) ?? ''
