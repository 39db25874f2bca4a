import { type Complaint, complaint } from '../../language/complaint'
import { unrendered } from '../../language/unrendered'
import { sameAs } from './addresses'
import { error, type Fault, some, warning } from './finding'
import { type Kind, type Prose, shapes } from './prose'

/** Checks that there are as many links as in the source, to the same addresses. An address of the text may have become a link. */
export function linkFaults(source: Prose, target: Prose): readonly Fault[] {
  const lost = without(source.links, target.links)
  const added = without(target.links, source.links).filter((link) => !source.text.includes(link))
  return [
    ...(lost.length > 0 ? [error('links', complaint('check.links.lost', { links: some(lost) }))] : []),
    ...(added.length > 0 ? [error('links', complaint('check.links.added', { links: some(added) }))] : []),
  ]
}

/** Each of `these` that is not matched by one of `those`, counting. */
function without(these: readonly string[], those: readonly string[]): readonly string[] {
  const left = new Map<string, number>()
  for (const each of those) left.set(sameAs(each), (left.get(sameAs(each)) ?? 0) + 1)
  return these.filter((each) => {
    const count = left.get(sameAs(each)) ?? 0
    left.set(sameAs(each), count - 1)
    return count <= 0
  })
}

/** Checks that a passage keeps its paragraphs, lists, tables, footnotes, sub-headings and emphasis. It may also emphasise foreign words. */
export function structureFaults(source: Prose, target: Prose): readonly Fault[] {
  const differences = [...new Set(Object.values(shapes))].flatMap((shape) => {
    const [there, here] = [source.counts.get(shape) ?? 0, target.counts.get(shape) ?? 0]
    return here === there || (shape === 'emphasis' && here > there)
      ? []
      : [complaint('check.structure.shape', { shape, here, there })]
  })
  return differences.length === 0 ? [] : [warning('structure', complaint('check.structure', { differences }))]
}

/** Finds tags, comments and named characters. Readers would see them as text; a tool has left them by mistake, or worse. */
export function markupFaults(kind: string, source: string, target: string): readonly Fault[] {
  const pattern = kind === 'markdown' ? tags : tagsAndEntities
  const before = new Set(source.match(pattern))
  const found = (target.match(pattern) ?? []).filter((each) => !before.has(each))
  return found.length === 0 ? [] : [warning('markup', complaint('check.markup', { marks: some(found) }))]
}

const tags = /<(?:\/?[a-z][a-z0-9-]{0,30}(?=[\s/>])[^<>]{0,200}>?|!--)/gi
const tagsAndEntities = /<(?:\/?[a-z][a-z0-9-]{0,30}(?=[\s/>])[^<>]{0,200}>?|!--)|&(?:[a-z]{2,20}|#\d{1,7}|#x[0-9a-f]{1,6});/gi

/** Markdown that pages would not show, unless the English has some of the same kind. */
export function renderingFaults(kind: Kind, source: string, target: string): readonly Fault[] {
  if (kind !== 'markdown') return []
  const before = new Set(unrendered(source).map(kindOf))
  return unrendered(target)
    .filter((each) => !before.has(kindOf(each)))
    .map((each) => error('markdown', each))
}

const kindOf = ({ code, values }: Complaint) => `${code} ${values['what'] ?? ''}`
