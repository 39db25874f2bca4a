import { fillingsOf } from '../../language/catalog-check'
import { complaint } from '../../language/complaint'
import type { Style } from '../style'
import { type Fault, some, warning } from './finding'

/**
 * Finds words that stand directly before a name or a date that is filled in, although their form depends on what that is: `de` before
 * a vowel is `d’`. The words are in the style sheet.
 */
export function fillingFaults({ beforeName = [], beforeDate = [] }: Style, message: string): readonly Fault[] {
  const found = fillingsOf(message).flatMap(({ argument, before }) => {
    const word = lastWord(before)
    const avoided = argument === 'date' ? beforeDate : beforeName
    return avoided.includes(word.toLowerCase()) ? [`${word}${word.endsWith('’') ? '' : ' '}{${argument}}`] : []
  })
  return found.length === 0 ? [] : [warning('before-name', complaint('check.before-name', { words: some(found) }))]
}

/** The word at the end of a text, with its apostrophe, where what follows is another word. */
const lastWord = (text: string): string => /(?<![\p{L}\p{M}])[\p{L}\p{M}]+(?:’\s*|\s+)$/u.exec(text)?.[0].trim() ?? ''
