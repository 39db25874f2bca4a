import { describe, expect, test } from 'vitest'
import { explain } from '../../src/language/newsroom'
import { readLogo } from '../../src/settings/logo'
import { noTheme, readTheme, themed, tokensIn } from '../../src/settings/theme'

const styleSheet =
  '@layer tokens,scripts;@layer tokens{:root{--ink:#111;--page:66rem}:where(:root,[lang]){--sans:serif}@media (prefers-color-scheme:dark){:root{--ink:#eee}}}'
const tokens = tokensIn(styleSheet)

const read = (css: string) => {
  const theme = readTheme(css, tokens)
  return 'css' in theme ? theme : theme.map(({ path, complaint }) => `${path}: ${explain(complaint)}`)
}

describe('a theme', () => {
  test('sets tokens: colours by day and by night, the rest always, and some of it for one language', () => {
    const css = `/* ours */ :root { --ink: #123456; --page: 60rem }
      @media (prefers-color-scheme: dark) { :root { --ink: #ABC; } } :lang(ar) { --sans: "Geeza Pro", serif }`
    expect(read(css)).toEqual({
      css:
        '@layer theme{@media screen and (prefers-color-scheme:light){:root{--ink:#123456}}:where(:root,[lang]){--page:60rem}' +
        '@media screen and (prefers-color-scheme:dark){:root{--ink:#ABC}}}' +
        '@layer own{:where([lang]:lang(ar)){--sans:"Geeza Pro", serif}}',
      colours: { ink: '#123456' },
    })
  })

  test('is put after the program’s tokens and before what the program says of a script', () => {
    expect(themed('all{}', { css: 'theme{}', colours: {} })).toBe('@layer tokens,theme,scripts,own;all{}theme{}')
    expect(themed('all{}', noTheme)).toBe('all{}')
  })

  const rule =
    'A theme only has rules for :root and :lang(…), and for :root in the dark scheme (prefers-color-scheme). Remove this.'
  const value =
    'A token cannot have this value. Give it a colour, a length, a number or the names of typefaces. Nothing may be loaded from elsewhere.'

  test.each([
    ['body { color: red }', [`body: ${rule}`]],
    ['@import "x.css"; :root { --ink: red }', [`@import "x.css"; :root: ${rule}`]],
    ['@media (prefers-color-scheme: dark) { :lang(ar) { --ink: red } }', [`:lang(ar): ${rule}`]],
    [':root { --ink: red', [`:root: ${rule}`]],
    [':root { --shade: red }', ['--shade: “--shade” is not a design token of the program. Correct or remove it.']],
    [':root { color: red }', ['color: “color” is not a design token of the program. Correct or remove it.']],
    ...['url(x.png)', 'image-set("a" 1x)', '#12345', 'red\\3b', '"red"', 'rgb(1 2 3', 'red !important', '<b>'].map((unfit) => [
      `:root { --ink: ${unfit} }`,
      [`--ink: ${value}`],
    ]),
  ] as [string, string[]][])('is refused with anything else: %s', (css, expected) => {
    expect(read(css)).toEqual(expected)
  })
})

describe('a logo', () => {
  const svg = (inside: string, attributes = 'viewBox="0 0 64 32"') =>
    `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${inside}</svg>`

  test('is its plain shapes, with the room that they need', () => {
    expect(readLogo(svg('<title>Ours</title><g fill="#123"><path d="M0 0h9v9z"/></g>'))).toEqual({
      viewBox: '0 0 64 32',
      width: 50,
      height: 25,
      shapes: '<g fill="#123"><path d="M0 0h9v9z"></path></g>',
    })
    expect(readLogo(svg('', 'viewBox="8 13 48 42" width="28" height="25"'))).toMatchObject({ width: 28, height: 25 })
  })

  test.each([
    ['<script>alert(1)</script>', 'logo.part', 'script'],
    ['<path onclick="alert(1)"/>', 'logo.part', 'onclick'],
    ['<rect fill="url(https://x.example/a)"/>', 'logo.part', 'fill'],
    ['<image href="a.png"/>', 'logo.part', 'image'],
    ['<text>Ours</text>', 'logo.part', 'text'],
    ['<foreignObject/>', 'logo.part', 'foreignObject'],
    [`<path d="${'M0 0'.repeat(2500)}"/>`, 'logo.large', undefined],
    ['<path>', 'logo.form', undefined],
  ])('is refused with anything else: %s', (inside, code, name) => {
    expect(readLogo(svg(inside))).toMatchObject({ code, ...(name === undefined ? {} : { values: { name } }) })
  })

  test('is refused without a size, and if it is no picture', () => {
    expect(readLogo(svg('', ''))).toMatchObject({ code: 'logo.view-box' })
    expect(readLogo('<html/>')).toMatchObject({ code: 'logo.form' })
    expect(readLogo('<!DOCTYPE svg><svg/>')).toMatchObject({ code: 'logo.form' })
  })
})
