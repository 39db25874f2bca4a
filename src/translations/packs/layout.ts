import type { Unit } from './pack'
import type { Element } from './xml'

/**
 * What an element holds, without the lines that a tool put around its marks to lay the file out: at the ends they are nothing, between
 * two marks a space.
 */
export function withoutLayout({ children }: Element): Element['children'] {
  if (!children.some((child) => typeof child !== 'string' && child.name === 'mrk')) return children
  const isLayout = (child: Element | string) => typeof child === 'string' && child.includes('\n') && child.trim() === ''
  const last = children.length - 1
  return children.flatMap((child, index) => (!isLayout(child) ? [child] : index === 0 || index === last ? [] : [' ']))
}

/** A text as it is taken in. A plain text is one line: a line end in it, with the space around it, is a space. Markdown stays as it is. */
export const laidOut = (kind: Unit['kind'], text: string): string =>
  kind === 'markdown' ? text : text.replace(/^[ \t]*\n\s*|[ \t]*\n\s*$/g, '').replace(/[ \t]*\n\s*/g, ' ')

/** Whether a text that came back is the one that stands. Tools lay texts out, and some compose their letters (NFC). */
export const isSameText = (kind: Unit['kind'], text: string, standing: string): boolean =>
  text === standing || laidOut(kind, text).normalize() === laidOut(kind, standing).normalize()
