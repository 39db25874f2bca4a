import { expect, test } from 'vitest'
import { readProgram } from '../../src/doors/program'
import { readTheme, tokensIn } from '../../src/settings/theme'
import { root } from '../support/server'

test('the tokens of the program are found in its style sheet as it is built, and which of them are colours', () => {
  const tokens = tokensIn(readProgram(root).styleSheet)
  for (const name of ['--paper', '--ink', '--accent', '--band', '--mark-1', '--focus']) expect(tokens.colours).toContain(name)
  for (const name of ['--page', '--radius', '--sans', '--serif', '--measure', '--name-face']) {
    expect(tokens.all).toContain(name)
    expect(tokens.colours).not.toContain(name)
  }
  const theme = readTheme(':root { --accent: #0a5a44; --radius: 0 }', tokens)
  expect(theme).toMatchObject({ colours: { accent: '#0a5a44' } })
  expect('css' in theme && theme.css).toContain('@media screen and (prefers-color-scheme:light){:root{--accent:#0a5a44}}')
})
