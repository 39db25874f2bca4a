import { complaint } from '../language/complaint'
import type { Misfit } from '../language/schema'

/** A part of a page: what stands below a heading of the second level. Its id is written behind the heading. */
export interface Part {
  readonly id: string
  readonly heading: string
  readonly text: string
}

/** A page's Markdown as it is cut: what stands before the first heading, and the parts in their order. */
export interface Cut {
  readonly opening: string
  readonly parts: readonly Part[]
  readonly misfits: readonly Misfit[]
}

/** Begins a part. Passages have no blocks of code that could hold such a line. */
const heading = /^ {0,3}##(?:[ \t]+(.*))?$/
const named = /^(.*?)[ \t]*\{#([^{}]*)\}[ \t]*$/

/**
 * Cuts a page's Markdown at its headings of the second level, each of which names its part: `## Who we are {#who-we-are}`. So a part is
 * found by its id, in any language and order. Deeper headings stay in their part.
 */
export function cutIntoParts(markdown: string): Cut {
  const parts: { id: string | undefined; heading: string; lines: string[] }[] = [{ id: '', heading: '', lines: [] }]
  for (const line of markdown.split(/\r?\n/)) {
    const begun = heading.exec(line)
    if (begun) parts.push({ ...headed(begun[1] ?? ''), lines: [] })
    else parts.at(-1)?.lines.push(line)
  }
  const [opening, ...others] = parts.map(({ id = '', heading, lines }) => ({ id, heading, text: withoutBlankEnds(lines) }))
  const nameless = parts.filter(({ id }) => id === undefined)
  return {
    opening: opening?.text ?? '',
    parts: others,
    misfits: nameless.map(({ heading }) => ({ path: '', complaint: complaint('page.part', { heading, example: '{#contact}' }) })),
  }
}

function headed(line: string) {
  const [, text = line.trim(), id] = named.exec(line) ?? []
  return { id, heading: text }
}

const withoutBlankEnds = (lines: readonly string[]): string => lines.join('\n').replace(/^(?:[ \t]*\n)+|\s+$/g, '')

/** Whether a passage would begin a new part of a page, if it were written into its file. */
export const beginsPart = (passage: string): boolean => passage.split('\n').some((line) => heading.test(line))
