import { describe, expect, test } from 'vitest'
import { isSameText, laidOut } from '../../../src/translations/packs/layout'

describe('the layout of a text that came back', () => {
  test('is no part of a plain text, which is one line', () => {
    expect(laidOut('plain', '\n      Le port\n      ferme\n    ')).toBe('Le port ferme')
    expect(laidOut('message', 'Le port\n\tferme')).toBe('Le port ferme')
  })

  test('does not touch other space, nor a byte of Markdown', () => {
    for (const text of [' Le  port\u00a0! ', '\tLe port']) expect(laidOut('plain', text)).toBe(text)
    const markdown = '\n    code\n\n- un\n  deux  \n'
    expect(laidOut('markdown', markdown)).toBe(markdown)
  })

  test('is no difference to the text that stands, and neither is how a tool composes letters', () => {
    expect(isSameText('plain', '\n  Fermé\n', 'Fermé'.normalize('NFD'))).toBe(true)
    expect(isSameText('markdown', 'Fermé', 'Fermé'.normalize('NFD'))).toBe(true)
    expect(isSameText('markdown', '\nFermé', 'Fermé')).toBe(false)
    expect(isSameText('plain', 'Ferme', 'Fermé')).toBe(false)
    expect(isSameText('plain', 'Le  port', 'Le port')).toBe(false)
  })
})
