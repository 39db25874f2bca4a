import { expect, test } from 'vitest'
import { kit } from '#runtime'
import { cardLookOf } from '../../src/settings/card-look'
import { type Logo, readLogo } from '../../src/settings/logo'
import { rectangle, sign } from '../../src/sharing/placing'
import type { Typesetter } from '../../src/sharing/typesetting'

const logoOf = (inside: string) => readLogo(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 32">${inside}</svg>`) as Logo
const board = (look: ReturnType<typeof cardLookOf>) => ({ dir: 'ltr', typesetter: {} as Typesetter, look }) as const

test('the cards of the sample are those of the program, under the names that they had', () => {
  expect(kit.logo).toBeDefined()
  expect(cardLookOf(kit.logo, kit.colours)).toBeUndefined()
  expect(sign(board(undefined), 96).shapes).toContain('#14213d')
})

test('the cards of a site have its logo and its colours, and nothing of ours', () => {
  const logo = logoOf('<circle r="9" fill="var(--accent)"/><path d="M0 0h9v9z"/>')
  const look = cardLookOf(logo, { accent: '#0a5a44', ink: '#222222', 'mark-1': '#123456' })
  const { shapes, room } = sign(board(look), 96)
  expect(shapes).toBe(
    '<svg x="76" y="60" width="84" height="42" viewBox="0 0 64 32" fill="#222222"><circle r="9" fill="#0a5a44"></circle><path d="M0 0h9v9z"></path></svg>',
  )
  expect(room).toBe(98)
  expect(rectangle(board(look), 'mark-1', 0, 0, 600, 10)).toContain('fill="#123456"')
  expect(rectangle(board(look), 'paper', 0, 0, 600, 10)).toContain('fill="#fbf8f2"')
})

test('a site without a logo, or with one too large to be kept with each card, has cards without a sign', () => {
  for (const logo of [undefined, logoOf(`<path d="${'M0 0'.repeat(600)}"/>`)]) {
    expect(sign(board(cardLookOf(logo, {})), 96)).toEqual({ shapes: '', room: 0 })
  }
})
