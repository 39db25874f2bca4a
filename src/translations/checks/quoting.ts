import { complaint } from '../../language/complaint'
import { type Fault, warning } from './finding'
import type { Prose } from './prose'

/**
 * Checks that what the English quotes is quoted here too, and nothing else. A quotation that the English interrupts may be whole here, and
 * speech may begin with a dash. Where the English has names, they may be quoted, and what it has word for word.
 */
export function quotingFaults(source: Prose, target: Prose, names: readonly string[]): readonly Fault[] {
  const [there, here] = [quotedIn(source), quotedIn(target)]
  if (there === 0 && here === 0) return []
  const english = source.spoken.join('\n')
  const interrupted = english.match(/[,.!?…—–]["”][^"“”\n]{1,60}["“]/g) ?? []
  const emphasised = Math.abs((target.counts.get('emphasis') ?? 0) - (source.counts.get('emphasis') ?? 0))
  const spoken = target.spoken.join('\n').match(/^[–—-]\s?(?=\p{L})/gmu) ?? []
  if (here + emphasised + interrupted.length + spoken.length < there) {
    return [warning('quotation', complaint('check.quotation.lost', { here, there }))]
  }
  if (
    there > 0 ||
    here <= emphasised ||
    hasNames(english) ||
    names.some((name) => english.includes(name.split(' ', 1)[0] ?? name))
  )
    return []
  const added = quotedTexts(target).filter((text) => !english.toLowerCase().includes(text.toLowerCase()))
  return added.length > emphasised ? [warning('quotation', complaint('check.quotation.added', { here }))] : []
}

/** Whether a text may have a name: a capital or a digit within a sentence. */
const hasNames = (english: string) => /[\p{L}\p{N},;:’'(–-] ?(?:\p{Lu}|\d)|[‘*_/]/u.test(english)

/** How many quotations a text begins. */
function quotedIn({ spoken }: Prose): number {
  const text = spoken.join('\n')
  const straight = text.match(/(?<!\d)["＂]/g)?.length ?? 0
  const paired = text.match(/[“”„‟«»「」『』《》〈〉]/g)?.length ?? 0
  return Math.ceil(straight / 2) + Math.ceil(paired / 2)
}

const quotedTexts = ({ spoken }: Prose): readonly string[] =>
  [...spoken.join('\n').matchAll(/["“„«「『《〈]\s?([^"“”„«»「」『』《》〈〉]+?)\s?["”“»」』》〉]/gu)].map(
    ([, text = '']) => text,
  )
