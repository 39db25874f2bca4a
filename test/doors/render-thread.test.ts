import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fontFilesIn } from '../../src/doors/font-files'
import type { ShareCard } from '../../src/editions/share-card'
import { openRenderer, type Render } from '../../src/sharing/rendering'
import { root } from '../support/server'

const card: ShareCard = {
  locale: 'ar',
  siteName: 'Vernacular',
  kind: 'إحاطة عن حدث',
  topic: { lang: 'ar', text: 'إغلاق الميناء' },
  title: { lang: 'ar', text: 'الميناء (Sète) يُغلق شهراً' },
  confidence: 0.82,
  stated: 'ثقة قوية (82%)',
  date: '1 مارس 2025',
}

test('cards are drawn in a thread of their own as anywhere else, and one that cannot be drawn keeps no other from it', async () => {
  const { renderInThread } = (await import(join(root, 'dist/render-thread.mjs'))) as { renderInThread: () => Render }
  const render = renderInThread()
  const broken = { ...card, title: undefined } as unknown as ShareCard
  const [first, refused, second] = await Promise.allSettled([render(card), render(broken), render(card)])
  expect([first.status, refused.status, second.status]).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  const expected = Buffer.from(await openRenderer(fontFilesIn(root))(card))
  for (const each of [first, second]) expect(each.status === 'fulfilled' && expected.equals(each.value)).toBe(true)
})
