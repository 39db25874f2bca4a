import { SaxesParser, type SaxesTagNS } from 'saxes'
import { Refusal } from '../../problem'

/** An element of a document, by its local name and its namespace (Namespaces in XML 1.0), and the line where it begins. */
export interface Element {
  readonly name: string
  readonly namespace: string
  /** By name, with the prefix if there is one. */
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly (Element | string)[]
  readonly line: number
}

/** Limits that no real pack comes near. */
const depthMax = 64
const attributesMax = 64
const elementsMax = 400_000

/** The elements inside another that have this name, in its own namespace if no other is meant. */
export const childrenOf = (parent: Element, name: string, namespace = parent.namespace): readonly Element[] =>
  parent.children.filter(
    (child): child is Element => typeof child !== 'string' && child.name === name && child.namespace === namespace,
  )

/**
 * Reads a document of XML 1.0 and returns its root element. Refuses a DOCTYPE (and so every entity), and more depth, attributes or
 * elements than a pack has, before it makes anything of them. Ignores processing instructions. Throws only a Refusal.
 */
export function readXml(text: string): Element {
  const parser = new SaxesParser({ xmlns: true })
  const tree = new Tree()
  parser.on('error', ({ message }) => {
    const fault = message.replace(/^[\d:]+ |\.$/g, '').slice(0, 200)
    throw new Refusal('pack.xml-malformed', { line: parser.line, fault })
  })
  parser.on('xmldecl', ({ version, encoding }) => {
    if (version !== '1.0') throw new Refusal('pack.xml-version')
    if (encoding !== undefined && !/^utf-?8$/i.test(encoding))
      throw new Refusal('pack.charset', { charset: encoding.slice(0, 40) })
  })
  parser.on('doctype', () => refuseDoctype())
  parser.on('attribute', () => tree.countAttribute(parser.line))
  parser.on('opentag', (tag) => tree.open(tag, parser.line))
  parser.on('text', (content) => tree.add(content))
  parser.on('cdata', (content) => tree.add(content))
  parser.on('closetag', () => tree.close())
  if (prologOf(text).includes('<!DOCTYPE')) refuseDoctype()
  parser.write(text).close()
  if (!tree.root) throw new Refusal('pack.xml-empty')
  return tree.root
}

function refuseDoctype(): never {
  throw new Refusal('pack.xml-doctype')
}

/** Checks what comes before the first tag. */
const prologOf = (text: string) => text.slice(0, Math.max(0, text.search(/<[^!?]/)))

interface Growing extends Element {
  readonly children: (Growing | string)[]
}

const noAttributes: ReadonlyMap<string, string> = new Map()

/** The growing tree of a document, within the limits. */
class Tree {
  root: Element | undefined
  readonly #open: Growing[] = []
  #elements = 0
  #attributes = 0

  countAttribute(line: number): void {
    this.#attributes += 1
    if (this.#attributes > attributesMax) throw new Refusal('pack.xml-attributes', { line, most: attributesMax })
  }

  open(tag: SaxesTagNS, line: number): void {
    this.#attributes = 0
    this.#elements += 1
    if (this.#elements > elementsMax) throw new Refusal('pack.xml-elements', { most: elementsMax })
    if (this.#open.length === depthMax) throw new Refusal('pack.xml-depth', { line, most: depthMax })
    const values = Object.values(tag.attributes)
    const attributes = values.length === 0 ? noAttributes : new Map(values.map(({ name, value }) => [name, value]))
    const element: Growing = { name: tag.local, namespace: tag.uri, attributes, children: [], line }
    this.#open.at(-1)?.children.push(element)
    this.root ??= element
    this.#open.push(element)
  }

  /** Joins adjacent texts, even with comments between them. */
  add(content: string): void {
    const children = this.#open.at(-1)?.children
    const last = children?.at(-1)
    if (children && typeof last === 'string') children[children.length - 1] = last + content
    else children?.push(content)
  }

  close(): void {
    this.#open.pop()
  }
}
