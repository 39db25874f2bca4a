import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningWorker, startWorker, withBucket } from '../support/worker'

const origin = 'https://briefings.example'
let worker: RunningWorker
beforeAll(async () => {
  worker = await startWorker(origin, withBucket)
  await worker.loadSamples()
})
afterAll(async () => await worker.close())

/** The hash of a briefing's card in a language. */
async function cardOf(locale: string): Promise<string> {
  const page = await (await worker.ask(`/${locale}/briefings/microsoft-ai-access-principles`)).text()
  return /\/cards\/([0-9a-f]{32})\.png"/.exec(page)?.[1] ?? ''
}

const pictureOf = async (hash: string) => {
  const answer = await worker.ask(`/cards/${hash}.png`)
  expect(answer.status).toBe(200)
  return Buffer.from(await answer.arrayBuffer())
}

test('a picture that the Worker has drawn is in the bucket, and its database has none', async () => {
  const hash = await cardOf('en')
  const picture = await pictureOf(hash)
  expect(picture.subarray(1, 4).toString()).toBe('PNG')
  const kept = await worker.PICTURES.get(hash)
  expect(kept && Buffer.from(await kept.arrayBuffer()).equals(picture)).toBe(true)
  const rows = await worker.DB.prepare('select count(*) as all_of, count(picture) as drawn from share_card').first()
  expect(rows).toMatchObject({ drawn: 0 })
})

test('a picture that another place has drawn comes from the bucket, and then from the cache of this one', async () => {
  const hash = await cardOf('es')
  await worker.PICTURES.put(hash, 'drawn elsewhere')
  expect((await pictureOf(hash)).toString()).toBe('drawn elsewhere')
  await worker.PICTURES.delete(hash)
  expect((await pictureOf(hash)).toString()).toBe('drawn elsewhere')
})

test('a picture whose card is gone is answered by nobody, though bucket and cache still have it', async () => {
  const hash = await cardOf('ar')
  await pictureOf(hash)
  await worker.DB.prepare('delete from share_card where hash = ?').bind(hash).run()
  expect((await worker.ask(`/cards/${hash}.png`)).status).toBe(404)
  expect(await worker.PICTURES.get(hash)).not.toBeNull()
})
