import type { ServerResponse } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { deepl } from '../../src/translations/machine/deepl'
import { answers, type DeepL, startDeepL } from '../support/deepl'

let server: DeepL
const waits: number[] = []

beforeAll(async () => {
  server = await startDeepL()
})
beforeEach(() => {
  waits.length = 0
  server.forget()
})
afterAll(() => server.close())

/** DeepL at the server, that waits for nothing and gives up soon; how long it would have waited is kept. */
const translator = (key = server.key, url = server.url) =>
  deepl(url, key, {
    timeout: 300,
    wait: async (milliseconds) => {
      waits.push(milliseconds)
    },
  })

const hangs = (_response: ServerResponse) => {}

describe('DeepL', () => {
  test('is asked in its own protocol, and answers each text in its place', async () => {
    const texts = ['The <x id="1">port</x> &amp; the <x id="2"/> town', 'Ships go elsewhere.']
    expect(await translator().translate(texts, 'en', 'es')).toEqual(texts.map((text) => `ES ${text}`))
    expect(server.received).toEqual([
      {
        text: texts,
        source_lang: 'EN',
        target_lang: 'ES',
        preserve_formatting: true,
        tag_handling: 'xml',
        tag_handling_version: 'v2',
        non_splitting_tags: ['x'],
      },
    ])
  })

  test('is sent fifty texts at the most at once, and no more than a request may hold, in order', async () => {
    const many = Array.from({ length: 120 }, (_, index) => `Text ${index}`)
    expect(await translator().translate(many, 'en', 'de')).toEqual(many.map((text) => `DE ${text}`))
    expect(server.received.map(({ text }) => text.length)).toEqual([50, 50, 20])
    server.forget()
    const long = Array.from({ length: 9 }, (_, index) => `${index} ${'港'.repeat(10_000)}`)
    expect(await translator().translate(long, 'en', 'de')).toEqual(long.map((text) => `DE ${text}`))
    expect(server.received.map(({ text }) => text.length)).toEqual([4, 4, 1])
    expect(await translator().translate([], 'en', 'de')).toEqual([])
  })

  test.each([
    ['es', 'ES'],
    ['fr', 'FR'],
    ['de', 'DE'],
    ['it', 'IT'],
    ['pt-BR', 'PT-BR'],
    ['pt', 'PT-BR'],
    ['pt-PT', 'PT-PT'],
    ['pl', 'PL'],
    ['ar', 'AR'],
    ['zh-Hans', 'ZH-HANS'],
    ['zh-TW', 'ZH-HANT'],
    ['ja', 'JA'],
    ['es-MX', 'ES'],
  ])('calls %s %s', async (locale, code) => {
    await translator().translate(['Text'], 'en', locale)
    expect(server.received.at(-1)?.target_lang).toBe(code)
  })

  test.each([
    ['en', 'ca'],
    ['en', 'ku'],
    ['eu', 'es'],
  ])('is not asked to translate from %s into %s, in which it loses markup or which it does not know', async (source, target) => {
    const before = server.asked()
    await expect(translator().translate(['Text'], source, target)).rejects.toMatchObject({ kind: 'unprocessable' })
    await expect(translator().translate(['Text'], source, target)).rejects.toThrow(/(does not|cannot) translate .* (ca|ku|eu)\.$/)
    expect(server.asked()).toBe(before)
  })

  test('that is busy is asked again, when it says so, or later each time', async () => {
    server.reply(answers(429, {}, { 'retry-after': '7' }), answers(503, ''), hangs)
    expect(await translator().translate(['Text'], 'en', 'es')).toEqual(['ES Text'])
    expect(waits[0]).toBe(7000)
    expect(waits[1]).toBeGreaterThanOrEqual(1600)
    expect(waits[1]).toBeLessThanOrEqual(2400)
    expect(waits[2]).toBeGreaterThanOrEqual(3200)
    expect(waits).toHaveLength(3)
  })

  test('that names a date to be asked again is waited for until then', async () => {
    server.reply(answers(529, {}, { 'retry-after': new Date(Date.now() + 20_000).toUTCString() }))
    await translator().translate(['Text'], 'en', 'es')
    expect(waits[0]).toBeGreaterThan(17_000)
    expect(waits[0]).toBeLessThanOrEqual(20_000)
    server.reply(
      answers(429, {}, { 'retry-after': 'Mon, 01 Jan 2001 00:00:00 GMT' }),
      answers(429, {}, { 'retry-after': 'soon' }),
    )
    await translator().translate(['Text'], 'en', 'es')
    expect(waits[1]).toBe(0)
    expect(waits[2]).toBeGreaterThanOrEqual(1600)
  })

  test.each([
    ['is busy all the time', answers(429, {}), 'DeepL answered with status 429. We tried 4 times.'],
    ['has failed', answers(500, 'Oops'), 'DeepL answered with status 500. We tried 4 times.'],
    ['hangs', hangs, 'DeepL did not answer within 0.3 seconds. We tried 4 times.'],
    [
      'hangs in the middle of its answer',
      (response: ServerResponse) => response.writeHead(200).write('{"translations":'),
      'DeepL did not answer within 0.3 seconds. We tried 4 times.',
    ],
    ['breaks off', (response: ServerResponse) => response.destroy(), 'DeepL cannot be reached. We tried 4 times.'],
  ])('that %s is given up after four times', async (_what, reply, sentence) => {
    const before = server.asked()
    server.reply(reply, reply, reply, reply)
    const asked = translator().translate(['Text'], 'en', 'es')
    await expect(asked).rejects.toMatchObject({ kind: 'unavailable' })
    await expect(asked).rejects.toThrow(sentence)
    expect(server.asked() - before).toBe(4)
  })

  test('that wants to be left alone for long is, at once', async () => {
    server.reply(answers(429, {}, { 'retry-after': '3600' }))
    const asked = translator().translate(['Text'], 'en', 'es')
    await expect(asked).rejects.toThrow('DeepL answered with status 429. DeepL asks us to wait 3,600 seconds.')
    await expect(asked).rejects.toMatchObject({ kind: 'unavailable' })
    expect(waits).toEqual([])
  })

  test.each([
    [403, 'unavailable', /^DeepL rejects the key \(TRANSLATOR_KEY\)/],
    [456, 'unavailable', /^The quota of this DeepL key is used up\.$/],
    [404, 'unavailable', /^DeepL answered with status 404: Because\. Check that .* is the right address \(TRANSLATOR_URL\)\.$/],
    [302, 'unavailable', /^DeepL answered with status 302/],
    [400, 'unprocessable', /^DeepL answered with status 400: Because\.$/],
    [413, 'unprocessable', /^DeepL answered with status 413: Because\.$/],
  ])('that answers %i is not asked again, and why is told in words', async (status, kind, sentence) => {
    const before = server.asked()
    server.reply(answers(status, { message: 'Because' }, { location: 'https://elsewhere.example/' }))
    const asked = translator().translate(['Text'], 'en', 'es')
    await expect(asked).rejects.toMatchObject({ kind })
    await expect(asked).rejects.toThrow(sentence)
    expect(server.asked() - before).toBe(1)
  })

  test.each([
    ['too few texts', { translations: [{ text: 'Uno' }] }, /returned 1 texts for 2/],
    ['too many texts', { translations: [{ text: 'a' }, { text: 'b' }, { text: 'c' }] }, /returned 3 texts for 2/],
    ['half of its JSON', '{"translations":[{"text":"Un', /something other than translations/],
    ['a page', '<!doctype html><title>Sign in</title>', /something other than translations/],
    ['other JSON', { translations: [{ text: 'a' }, { text: null }] }, /something other than translations/],
  ])('with %s is not believed', async (_what, body, sentence) => {
    server.reply(answers(200, body))
    const asked = translator().translate(['One', 'Two'], 'en', 'es')
    await expect(asked).rejects.toMatchObject({ kind: 'unprocessable' })
    await expect(asked).rejects.toThrow(sentence)
  })

  test('does not make up in one answer for what it left out in another', async () => {
    const of = (count: number) => answers(200, { translations: Array.from({ length: count }, () => ({ text: 'x' })) })
    server.reply(of(49), of(11))
    const sixty = Array.from({ length: 60 }, () => 'Text')
    await expect(translator().translate(sixty, 'en', 'es')).rejects.toThrow(/returned 49 texts for 50/)
  })

  test('never makes us tell the key, whatever it says', async () => {
    const wrong = 'wrong-key-5ec2e7'
    const told: string[] = []
    for (const status of [400, 403, 404, 413, 418, 456]) {
      server.reply((response, _received, { headers }) =>
        answers(status, { message: `No: ${headers.authorization}` })(response, undefined, {} as never),
      )
      await translator(wrong)
        .translate(['Text'], 'en', 'es')
        .catch((error: Error) => told.push(String(error.stack), JSON.stringify(error), String(error.cause)))
    }
    await translator(wrong, 'http://127.0.0.1:1')
      .translate(['Text'], 'en', 'es')
      .catch((error: Error) => told.push(String(error.stack), String(error.cause)))
    expect(told.length).toBeGreaterThan(12)
    expect(told.filter((each) => each.includes(wrong))).toEqual([])
    expect(told.some((each) => each.includes('No: DeepL-Auth-Key …'))).toBe(true)
  })
})
