import { Refusal } from '../../problem'
import { withoutLayout } from './layout'
import type { ReturnedPack } from './pack'
import { type Claims, claimedOriginal, joined, type ReturnedUnit, toReturnedXliff } from './returned'
import { said12 } from './states'
import { childrenOf, type Element } from './xml'

/** Reads XLIFF 1.2. Uses only the markup of codes from the English in the file. Throws only a Refusal. */
export const readXliff12 = (root: Element): ReturnedPack => toReturnedXliff(root, claimsOf, unitsIn)

const claimsOf = ({ attributes }: Element): Claims => ({
  ...claimedOriginal(attributes.get('original')),
  source: attributes.get('source-language'),
  locale: attributes.get('target-language'),
})

function* unitsIn(parent: Element): Generator<ReturnedUnit> {
  for (const child of parent.children) {
    if (typeof child === 'string' || child.namespace !== parent.namespace) continue
    if (child.name === 'body' || child.name === 'group') yield* unitsIn(child)
    if (child.name !== 'trans-unit') continue
    const id = child.attributes.get('resname') ?? child.attributes.get('id')
    const known = child.attributes.get('extradata') ?? ''
    const [[, was] = [], [, shown] = []] = [/\bwas=([0-9a-f]+)/.exec(known) ?? [], /\baside=(\S+)/.exec(known) ?? []]
    yield { id, target: targetOf(child), line: child.line, said: saidOf(child), was, shown }
  }
}

function saidOf(unit: Element) {
  const [target] = childrenOf(unit, 'target')
  return said12(target?.attributes.get('state') ?? '', unit.attributes.get('approved') === 'yes')
}

function targetOf(unit: Element): string {
  const [target] = childrenOf(unit, 'target')
  if (!target) return ''
  const codes = new Map(childrenOf(unit, 'source').flatMap((source) => [...codesIn(source)]))
  return joined(piecesOf(target, codes), unit.line)
}

const nativeCodes = ['ph', 'it', 'bpt', 'ept']
const emptyCodes = ['x', 'bx', 'ex']

/** The codes of the English: id → markup. */
function* codesIn(element: Element): Generator<readonly [string, string]> {
  for (const child of element.children) {
    if (typeof child === 'string') continue
    const markup = markupOf(child)
    if (markup !== undefined) yield [child.attributes.get('id') ?? '', markup]
    yield* codesIn(child)
  }
}

/** Only the length of a line break is used, because tools turn its characters into spaces. */
function markupOf({ attributes }: Element): string | undefined {
  const markup = attributes.get('equiv-text')
  return markup !== undefined && attributes.get('ctype') === 'lb' ? '\n'.repeat(markup.length) : markup
}

/** The text inside an element, with codes replaced by their markup. */
function* piecesOf(element: Element, codes: ReadonlyMap<string, string>): Generator<string> {
  for (const child of withoutLayout(element)) {
    if (typeof child === 'string') yield child
    else if (emptyCodes.includes(child.name)) yield codeText(child, codes)
    else if (nativeCodes.includes(child.name) || ['g', 'mrk', 'sub'].includes(child.name)) yield* piecesOf(child, codes)
    else throw new Refusal('pack.code', { line: child.line, name: child.name.slice(0, 40), format: 'XLIFF 1.2' })
  }
}

function codeText(code: Element, codes: ReadonlyMap<string, string>): string {
  const text = markupOf(code) ?? codes.get(code.attributes.get('id') ?? '')
  if (text !== undefined) return text
  throw new Refusal('pack.code-dangling', { line: code.line })
}
