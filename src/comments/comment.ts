import type { MessageKey } from '../language/catalog'
import type { Locale } from '../language/locale'
import { flawIn, typed } from '../language/text'

/** How long a comment and the name over it may be, in UTF-16 units. */
export const textMax = 2000
export const nameMax = 60

/** How many comments of one person may wait to be read. */
export const heldMax = 10

/** What an editor may decide on a comment. */
export type Decision = 'accepted' | 'refused'

/** What somebody wants to say about a briefing. */
export interface Comment {
  /** The name to show over it; empty if its author wants none. */
  readonly name: string
  readonly text: string
}

/** A comment as it is shown to readers. */
export interface ShownComment extends Comment {
  readonly number: number
  /** The language of the page that it was written on. */
  readonly locale: Locale
  readonly sentAt: string
}

/** A comment as the editors see it. */
export interface KeptComment extends ShownComment {
  readonly slug: string
  readonly state: 'held' | Decision
}

/** What was typed, as far as it can be shown again, and the problems with it. */
export interface Asked extends Comment {
  readonly flaw?: { readonly field: 'name' | 'text'; readonly key: MessageKey; readonly count?: number }
}

/** The comment that a form makes, or the problems of the form. Other fields of the form are ignored. */
export function commentIn(fields: Readonly<Record<string, string>>): Asked {
  const name = typed(fields['name'] ?? '').replace(/\s+/g, ' ')
  const text = typed(fields['text'] ?? '')
  const comment = { name, text }
  if (name.length > nameMax) return { ...comment, flaw: { field: 'name', key: 'form.too-long', count: nameMax } }
  if (flawIn(name) !== undefined) return { ...comment, flaw: { field: 'name', key: 'form.unreadable' } }
  if (text === '') return { ...comment, flaw: { field: 'text', key: 'comment.empty' } }
  if (text.length > textMax) return { ...comment, flaw: { field: 'text', key: 'form.too-long', count: textMax } }
  if (flawIn(text) !== undefined) return { ...comment, flaw: { field: 'text', key: 'form.unreadable' } }
  return comment
}
