import { type Complaint, complaint } from '../language/complaint'
import type { Misfit } from '../language/schema'

/** The design tokens of the program: all of them, and those that are colours, which night and day have each in their own way. */
export interface Tokens {
  readonly all: ReadonlySet<string>
  readonly colours: ReadonlySet<string>
}

/** What a site's theme says: as layers for the end of the style sheet, and its colours by day. */
export interface Theme {
  readonly css: string
  readonly colours: Readonly<Record<string, string>>
}

export const noTheme: Theme = { css: '', colours: {} }

const properties = (css: string) => [...css.matchAll(/(?<=[{;])\s*(--[a-z0-9-]+):/g)].map(([, name = '']) => name)

/** The tokens that a style sheet of the program sets. */
export function tokensIn(styleSheet: string): Tokens {
  const [, dark = ''] = /@media\s*\(prefers-color-scheme:\s*dark\)\s*\{\s*:root\s*(\{[^}]*\})/.exec(styleSheet) ?? []
  return { all: new Set(properties(styleSheet)), colours: new Set(properties(dark)) }
}

/** One rule of a theme: for every page, for a language, or for the night. */
interface Rule {
  readonly lang: string | undefined
  readonly isDark: boolean
  readonly values: ReadonlyMap<string, string>
}

/**
 * Reads `theme.css`: rules for `:root` and `:lang(…)`, and for `:root` in the dark scheme, in which nothing stands but tokens of the program.
 * Returns the theme or every problem in it.
 */
export function readTheme(text: string, tokens: Tokens): Theme | readonly Misfit[] {
  const read = rulesIn(text.replace(/\/\*[\s\S]*?\*\//g, ' '), tokens)
  if ('problems' in read) return read.problems
  return { css: layersOf(read.rules, tokens), colours: coloursByDay(read.rules, tokens) }
}

export const themeProblems = (read: Theme | readonly Misfit[]): readonly Misfit[] => ('css' in read ? [] : read)

const night = /^\s*@media\s*\(\s*prefers-color-scheme\s*:\s*dark\s*\)\s*\{((?:[^{}]*\{[^{}]*\})*)\s*\}/
const rule = /^\s*(?::root|:lang\(([A-Za-z0-9-]{2,35})\))\s*\{([^{}]*)\}/

function rulesIn(css: string, tokens: Tokens) {
  const rules: Rule[] = []
  const problems: Misfit[] = []
  const read = (all: string, isDark: boolean) => {
    let rest = all
    while (rest.trim() !== '') {
      const dark = isDark ? null : night.exec(rest)
      const plain = rule.exec(rest)
      if (dark) read(dark[1] ?? '', true)
      else if (plain && !(isDark && plain[1]))
        rules.push({ lang: plain[1], isDark, values: valuesIn(plain[2] ?? '', tokens, problems) })
      else return void problems.push({ path: beginning(rest), complaint: complaint('theme.rule') })
      rest = rest.slice((dark ?? plain)?.[0].length)
    }
  }
  read(css, false)
  return problems.length > 0 ? { problems } : { rules }
}

const beginning = (css: string) => css.trim().split(/[{\n]/, 1)[0]?.trim().slice(0, 60) ?? ''

function valuesIn(declarations: string, tokens: Tokens, problems: Misfit[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  for (const declaration of declarations.split(';').filter((each) => each.trim() !== '')) {
    const [, name = '', value = ''] = /^\s*([^:\s]+)\s*:\s*([\s\S]*?)\s*$/.exec(declaration) ?? []
    const flaw = flawIn(name, value, tokens)
    if (flaw) problems.push({ path: name || beginning(declaration), complaint: flaw })
    else values.set(name, value.replace(/\s+/g, ' '))
  }
  return values
}

/** Functions of CSS that a token may be made with: colours and lengths. None of them loads anything. */
const functions = new Set(
  'rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix light-dark var calc min max clamp'.split(' '),
)

function flawIn(name: string, value: string, { all, colours }: Tokens): Complaint | undefined {
  if (!all.has(name)) return complaint('theme.token', { name: name.slice(0, 60) })
  const isPlain = /^[\p{L}\p{N}\s#%.,()"'+*/_-]+$/u.test(value) && isBalanced(value)
  const calls = [...value.matchAll(/([\w-]*)\(/g)].map(([, called = '']) => called.toLowerCase())
  const isColour =
    !value.includes('#') || [...value.matchAll(/#\S*/g)].every(([hex]) => /^#([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})\b/i.test(hex))
  const isFit = isPlain && isColour && calls.every((each) => functions.has(each)) && !(colours.has(name) && /["']/.test(value))
  return isFit ? undefined : complaint('theme.value')
}

function isBalanced(value: string): boolean {
  let open = 0
  for (const sign of value) {
    open += sign === '(' ? 1 : sign === ')' ? -1 : 0
    if (open < 0) return false
  }
  return open === 0 && value.split('"').length % 2 === 1 && value.split("'").length % 2 === 1
}

/**
 * A rule for every page gives its colours to the day only: whoever leaves the night out keeps the program's. Nothing here is for paper. What
 * depends on a script is set at every element with a language, so a rule for every page yields to what the program says of a script.
 */
function layersOf(rules: readonly Rule[], { colours }: Tokens): string {
  const block = (selector: string, values: readonly (readonly [string, string])[]) =>
    values.length === 0 ? '' : `${selector}{${values.map(([name, value]) => `${name}:${value}`).join(';')}}`
  const on = (scheme: string, css: string) => (css === '' ? '' : `@media screen and (prefers-color-scheme:${scheme}){${css}}`)
  const parts = rules.map(({ lang, isDark, values }) => {
    const [coloured, others] = [
      [...values].filter(([name]) => colours.has(name)),
      [...values].filter(([name]) => !colours.has(name)),
    ]
    if (lang !== undefined) return { own: block(`:where([lang]:lang(${lang}))`, [...values]), theme: '' }
    const light = isDark ? '' : on('light', block(':root', coloured))
    const dark = isDark ? on('dark', block(':root', [...values])) : ''
    return { own: '', theme: light + dark + (isDark ? '' : block(':where(:root,[lang])', others)) }
  })
  const layer = (name: string, css: string) => (css === '' ? '' : `@layer ${name}{${css}}`)
  return layer('theme', parts.map(({ theme }) => theme).join('')) + layer('own', parts.map(({ own }) => own).join(''))
}

const coloursByDay = (rules: readonly Rule[], { colours }: Tokens): Theme['colours'] =>
  Object.fromEntries(
    rules
      .filter(({ lang, isDark }) => lang === undefined && !isDark)
      .flatMap(({ values }) => [...values].filter(([name, value]) => colours.has(name) && /^#[\da-f]{6}$/i.test(value)))
      .map(([name, value]) => [name.slice(2), value.toLowerCase()]),
  )

/** A style sheet of the program with the theme of a site. */
export const themed = (styleSheet: string, { css }: Theme): string =>
  css === '' ? styleSheet : `@layer tokens,theme,scripts,own;${styleSheet}${css}`
