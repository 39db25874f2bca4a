import type { Size } from './size'

/** What may stand before the root of an XML document: space, instructions, comments, and a document type. */
const prolog = /\s+|<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!DOCTYPE(?:[^>[]|\[[^\]]*\])*>/y
const root = /<svg(?=[\s>/])(?:[^>"']|"[^"]*"|'[^']*')*>/y
const viewBox = /\sviewBox\s*=\s*(?:"([^"]*)"|'([^']*)')/

/** The size of an SVG by the `viewBox` of its root (SVG 2, 8.6); `undefined` without one. Throws a TypeError for what is not in UTF-8. */
export function svgSize(view: DataView): Size | undefined {
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(view)
  let at = 0
  prolog.lastIndex = 0
  while (prolog.test(text)) at = prolog.lastIndex
  root.lastIndex = at
  const [, double, single] = viewBox.exec(root.exec(text)?.[0] ?? '') ?? []
  const numbers = (double ?? single ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number)
  const [, , width, height] = numbers
  return numbers.length === 4 && width && height && numbers.every(Number.isFinite) ? { width, height } : undefined
}
