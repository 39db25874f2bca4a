import fc from 'fast-check'
import MarkdownIt from 'markdown-it'
import { describe, expect, test } from 'vitest'
import { renderMarkdown } from '../../src/language/markdown'
import { rounds } from '../support/rounds'

/** Emphasis as its writers meant it, with `[ ]` for bold and `{ }` for emphasis. */
const shown = (markdown: string) =>
  renderMarkdown(markdown)
    .replaceAll('<strong>', '[')
    .replaceAll('</strong>', ']')
    .replaceAll('<em>', '{')
    .replaceAll('</em>', '}')
    .replace(/<\/?p>/g, '')

const commonMark = new MarkdownIt({ html: false }).disable('reference')

describe('emphasis beside punctuation of Chinese, Japanese and Korean', () => {
  test.each([
    // Japanese: closed before a letter, opened after one, or both.
    ['**「埠頭」**は古い。', '[「埠頭」]は古い。'],
    ['古い**「埠頭」**は古い。', '古い[「埠頭」]は古い。'],
    ['港は**閉鎖された。**次の船は来ない。', '港は[閉鎖された。]次の船は来ない。'],
    ['**埠頭（旧）**は古い', '[埠頭（旧）]は古い'],
    ['詳細は**（旧称）埠頭**を参照', '詳細は[（旧称）埠頭]を参照'],
    ['*「埠頭」*は古い。', '{「埠頭」}は古い。'],
    ['_「埠頭」_は古い。', '{「埠頭」}は古い。'],
    ['古い_埠頭_は古い。', '古い{埠頭}は古い。'],
    ['***「埠頭」***は古い。', '{[「埠頭」]}は古い。'],
    ['**[「埠頭」](https://a.example/)**は', '[<a href="https://a.example/">「埠頭」</a>]は'],
    ['**`埠頭`**は古い', '[<code>埠頭</code>]は古い'],
    ['カタカナー**「・」**ー', 'カタカナー[「・」]ー'],
    ['**94％**が', '[94％]が'],
    ['葛\u{e0100}**（旧）**', '葛\u{e0100}[（旧）]'],
    ['𠮟**（旧）**𠮟', '𠮟[（旧）]𠮟'],
    // Chinese.
    ['这座**码头（旧）**很旧', '这座[码头（旧）]很旧'],
    ['**“码头”**很旧', '[“码头”]很旧'],
    ['他说**“码头很旧。”**然后走了', '他说[“码头很旧。”]然后走了'],
    ['**《条例》**第三条', '[《条例》]第三条'],
    ['**注意：**码头关闭', '[注意：]码头关闭'],
    ['码头_（旧）_很旧', '码头{（旧）}很旧'],
    ['**A**公司与**B（旧）**公司', '[A]公司与[B（旧）]公司'],
    // Korean: a particle follows without a space.
    ['**부두(옛)**는 낡았다', '[부두(옛)]는 낡았다'],
    ['이것은 **“부두”**라고 한다', '이것은 [“부두”]라고 한다'],
    ['_부두_는 낡았다', '{부두}는 낡았다'],
  ])('%s', (markdown, meant) => {
    expect(shown(markdown)).toBe(meant)
  })

  test('does not begin or end beside a space', () => {
    expect(shown('港 ** 閉鎖 ** た')).toBe('港 ** 閉鎖 ** た')
    expect(shown('3 * 4 * 五')).toBe('3 * 4 * 五')
    expect(shown('\u3000**\u3000閉鎖**')).toBe('\u3000**\u3000閉鎖**')
  })

  test('leaves names with a low line alone unless its letters are of these languages', () => {
    expect(shown('file_name_two and 港file_name_two')).toBe('file_name_two and 港file_name_two')
  })
})

describe('emphasis in other languages', () => {
  test('is as in CommonMark, mark for mark', () => {
    const piece = fc.constantFrom(
      ...['*', '**', '_', '__', ' ', 'a', 'é', 'ميناء', '(', ')', '“', '”', '.', ',', '«', '»', '…', '—', '🚢', 'ж', '1', "l'"],
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 24 }), (pieces) => {
        const markdown = `a${pieces.join('')}`
        expect(renderMarkdown(markdown)).toBe(commonMark.render(markdown).trim())
      }),
      { numRuns: rounds(500) },
    )
  })
})
