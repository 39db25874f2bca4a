import type { MarkdownIt, StateInline } from 'markdown-it'

/** Characters of Chinese, Japanese and Korean: letters, punctuation, full-width forms, and the selectors of their variants. */
const eastAsian =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\u3000-\u303f\u309b\u309c\u30a0\u30fb\u30fc\u3200-\u33ff\ufe10-\ufe1f\ufe30-\ufe6f\uff00-\uffef]|[\u3099\u309a]|[\ufe00-\ufe0e]|[\u{e0100}-\u{e01ef}]/u

/**
 * Lets emphasis begin and end beside a character of Chinese, Japanese or Korean. CommonMark (6.2) asks for a space or punctuation outside
 * marks that have punctuation inside, and these languages write no space there. It follows the proposal “CJK-friendly emphasis”. Further than
 * that, `_` may stand within a line of these letters, because they do not part words by it. Other languages are as in CommonMark.
 */
export function emphasiseEastAsian({ inline }: MarkdownIt): void {
  inline.State = class extends inline.State {
    override scanDelims(start: number, canSplitWord: boolean): ReturnType<StateInline['scanDelims']> {
      const found = super.scanDelims(start, canSplitWord)
      const before = characterBefore(this.src, start)
      const after = String.fromCodePoint(this.src.codePointAt(start + found.length) ?? 0x20)
      const [opensBeside, closesBeside] = [eastAsian.test(before), eastAsian.test(after)]
      const isBeside = canSplitWord && (opensBeside || closesBeside)
      return {
        ...found,
        can_open: found.can_open || (/\S/.test(after) && (opensBeside || isBeside)),
        can_close: found.can_close || (/\S/.test(before) && (closesBeside || isBeside)),
      }
    }
  }
}

const characterBefore = (text: string, at: number): string => /.$/su.exec(text.slice(Math.max(0, at - 2), at))?.[0] ?? ' '
