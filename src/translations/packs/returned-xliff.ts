import { Refusal } from '../../problem'
import { withoutLayout } from './layout'
import type { ReturnedPack } from './pack'
import { type Claims, claimedOriginal, joined, type ReturnedUnit, toReturnedXliff } from './returned'
import { said2, saidOfAll } from './states'
import { metadataNamespace } from './xliff'
import { childrenOf, type Element } from './xml'

/** Reads XLIFF 2.0 and 2.1. Ignores the English in the file. Throws only a Refusal. */
export const readXliff = (root: Element): ReturnedPack => toReturnedXliff(root, (file) => claimsOf(root, file), unitsIn)

function claimsOf(root: Element, file: Element): Claims {
  const { name, sourceRevision, revision } = claimedOriginal(file.attributes.get('original'))
  return {
    name: name ?? file.attributes.get('id'),
    sourceRevision: sourceRevision ?? metadataIn(file, 'sourceRevision'),
    revision: revision ?? metadataIn(file, 'revision'),
    source: root.attributes.get('srcLang'),
    locale: root.attributes.get('trgLang'),
  }
}

/** A value in the metadata module. Some tools overwrite `original`. */
function metadataIn(parent: Element, type: string): string | undefined {
  const inside = (parents: readonly Element[], name: string) =>
    parents.flatMap((parent) => childrenOf(parent, name, metadataNamespace))
  const metas = inside(inside(inside([parent], 'metadata'), 'metaGroup'), 'meta')
  const meta = metas.find((each) => each.attributes.get('type') === type)
  return meta?.children.find((child) => typeof child === 'string')
}

function* unitsIn(parent: Element): Generator<ReturnedUnit> {
  for (const child of parent.children) {
    if (typeof child === 'string' || child.namespace !== parent.namespace) continue
    if (child.name === 'group') yield* unitsIn(child)
    if (child.name !== 'unit') continue
    const id = child.attributes.get('name') ?? child.attributes.get('id')
    yield {
      id,
      target: targetOf(child),
      line: child.line,
      said: saidOf(child),
      was: metadataIn(child, 'was'),
      shown: metadataIn(child, 'aside'),
    }
  }
}

const saidOf = (unit: Element) =>
  saidOfAll(
    childrenOf(unit, 'segment').map(({ attributes }) => said2(attributes.get('state') ?? '', attributes.get('subState') ?? '')),
  )

/**
 * The segments of a unit and the text between them, in the order of the translation. If one segment is not translated, the unit is not.
 */
function targetOf(unit: Element): string {
  const isPart = (child: Element | string): child is Element =>
    typeof child !== 'string' && child.namespace === unit.namespace && (child.name === 'segment' || child.name === 'ignorable')
  const parts = unit.children.filter(isPart).map(partOf)
  if (parts.some(({ isMissing }) => isMissing)) return ''
  parts.sort((one, other) => one.order - other.order)
  const data = codesOf(unit, dataOf(unit))
  const pieces = function* () {
    for (const { target } of parts) if (target) yield* piecesOf(target, data)
  }
  return joined(pieces(), unit.line)
}

interface Part {
  readonly order: number
  readonly target: Element | undefined
  readonly isMissing: boolean
}

/** The text between segments. If the translation has none, that of the English. */
function partOf(part: Element, index: number): Part {
  const [source] = childrenOf(part, 'source')
  const [target] = childrenOf(part, 'target')
  const order = target?.attributes.get('order') ?? ''
  const isEmpty = !target || target.children.length === 0
  return {
    order: /^\d{1,6}$/.test(order) ? Number(order) : index + 1,
    target: isEmpty && part.name === 'ignorable' ? source : target,
    isMissing: isEmpty && part.name === 'segment' && source !== undefined && source.children.length > 0,
  }
}

/** The markup of a unit's codes, by id. It is plain text. */
function dataOf(unit: Element): ReadonlyMap<string, string> {
  const data = childrenOf(unit, 'originalData').flatMap((each) => childrenOf(each, 'data'))
  return new Map(data.map((each) => [each.attributes.get('id') ?? '', joined(piecesOf(each, noCodes), each.line)]))
}

/** What the codes of a unit stand for. */
interface Codes {
  /** By the id of their data. */
  readonly data: ReadonlyMap<string, string>
  /** By their own id and the attribute that leads to their data, as the English has them: some tools leave that attribute out. */
  readonly english: ReadonlyMap<string, string>
}

function codesOf(unit: Element, data: ReadonlyMap<string, string>): Codes {
  const english = new Map<string, string>()
  const collect = (element: Element): void => {
    for (const child of element.children) {
      if (typeof child === 'string') continue
      for (const reference of ['dataRef', 'dataRefStart', 'dataRefEnd']) {
        const text = data.get(child.attributes.get(reference) ?? '')
        if (text !== undefined) english.set(`${reference} ${child.attributes.get('id') ?? ''}`, text)
      }
      collect(child)
    }
  }
  for (const part of [...childrenOf(unit, 'segment'), ...childrenOf(unit, 'ignorable')])
    childrenOf(part, 'source').forEach(collect)
  return { data, english }
}

const noCodes: Codes = { data: new Map(), english: new Map() }

/** The text inside an element, with codes replaced by their markup. */
function* piecesOf(element: Element, data: Codes): Generator<string> {
  for (const child of withoutLayout(element)) {
    if (typeof child === 'string') yield child
    else yield* pieceOf(child, data)
  }
}

function* pieceOf(code: Element, data: Codes): Generator<string> {
  switch (code.name) {
    case 'ph':
    case 'sc':
    case 'ec':
      yield markup(code, 'dataRef', data)
      break
    case 'pc':
      yield markup(code, 'dataRefStart', data)
      yield* piecesOf(code, data)
      yield markup(code, 'dataRefEnd', data)
      break
    case 'cp':
      yield character(code)
      break
    case 'mrk':
      yield* piecesOf(code, data)
      break
    case 'sm':
    case 'em':
      break
    default:
      throw new Refusal('pack.code', { line: code.line, name: code.name.slice(0, 40), format: 'XLIFF 2' })
  }
}

/** The markup of a code. A span that leads to no data at either end stands for none: a tool put it there. */
function markup(code: Element, reference: string, { data, english }: Codes): string {
  const id = code.attributes.get(reference)
  const text = id === undefined ? english.get(`${reference} ${code.attributes.get('id') ?? ''}`) : data.get(id)
  if (text !== undefined) return text
  if (id === undefined && code.name === 'pc') return ''
  throw new Refusal('pack.code-dangling', { line: code.line })
}

/** A character that XML does not allow, by its number. It is kept, so that the check of texts can name it. */
function character(code: Element): string {
  const hex = code.attributes.get('hex') ?? ''
  if (/^[0-9a-f]{1,6}$/i.test(hex) && Number.parseInt(hex, 16) <= 0x10ffff) return String.fromCodePoint(Number.parseInt(hex, 16))
  throw new Refusal('pack.character', { line: code.line })
}
