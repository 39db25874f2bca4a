import { describe, expect, test } from 'vitest'
import { type Inference, workersAi } from '../../../src/translations/machine/workers-ai'

type Input = Parameters<Inference['run']>[1]

/** The binding as the platform has it: one text at a time, and what a model knows of markup, which is nothing. */
function aBinding(
  answer: (input: Input) => unknown = ({ text, target_lang }) => ({ translated_text: ` ${target_lang} ${text}` }),
) {
  const inputs: Input[] = []
  let under = 0
  let most = 0
  const inference: Inference = {
    async run(model, input) {
      expect(model).toBe('@cf/meta/m2m100-1.2b')
      inputs.push(input)
      under += 1
      most = Math.max(most, under)
      await new Promise((resolve) => setImmediate(resolve))
      under -= 1
      return answer(input)
    },
  }
  return { inference, inputs, most: () => most }
}

describe('Workers AI', () => {
  test('is sent sentence by sentence what stands between elements, as words, and the elements stay', async () => {
    const { inference, inputs } = aBinding()
    const texts = ['The <x id="1">port</x> is shut. It &amp; the town wait.', '<x id="1"/> 2024 <x id="2"/>', 'Why?']
    expect(await workersAi(inference).translate(texts, 'en', 'fr')).toEqual([
      'fr The <x id="1">fr port</x> fr is shut. fr It &amp; the town wait.',
      '<x id="1"/> 2024 <x id="2"/>',
      'fr Why?',
    ])
    expect(inputs).toEqual(
      ['The', 'port', 'is shut.', 'It & the town wait.', 'Why?'].map((text) => ({ text, source_lang: 'en', target_lang: 'fr' })),
    )
  })

  test('cannot bring in markup of its own', async () => {
    const { inference } = aBinding(() => ({ translated_text: 'a <x id="1"/> & <b>' }))
    expect(await workersAi(inference).translate(['Text'], 'en', 'es')).toEqual(['a &lt;x id="1"/&gt; &amp; &lt;b&gt;'])
  })

  test('is asked a few at a time, and answers in order', async () => {
    const { inference, most } = aBinding()
    const texts = Array.from({ length: 30 }, (_, index) => `Text ${index}`)
    expect(await workersAi(inference).translate(texts, 'en', 'pl')).toEqual(texts.map((text) => `pl ${text}`))
    expect(most()).toBe(4)
  })

  test.each([
    ['pt-BR', 'pt'],
    ['zh-Hans', 'zh'],
    ['ca', 'ca'],
    ['nb', 'no'],
  ])('calls %s %s', async (locale, code) => {
    const { inference, inputs } = aBinding()
    await workersAi(inference).translate(['Text'], 'en', locale)
    expect(inputs[0]?.target_lang).toBe(code)
  })

  test.each(['zh-Hant', 'sr-Latn', 'eu'])('does not write %s, and is not asked to', async (locale) => {
    const { inference, inputs } = aBinding()
    await expect(workersAi(inference).translate(['Text'], 'en', locale)).rejects.toMatchObject({ kind: 'unprocessable' })
    expect(inputs).toEqual([])
  })

  test('that answers without a text is not believed, and one that fails is out of service', async () => {
    const { inference } = aBinding(() => ({ request_id: '1' }))
    await expect(workersAi(inference).translate(['Text'], 'en', 'es')).rejects.toMatchObject({ kind: 'unprocessable' })
    const failing = aBinding(() => {
      throw new Error('3040: Capacity temporarily exceeded')
    })
    const asked = workersAi(failing.inference).translate(['Text'], 'en', 'es')
    await expect(asked).rejects.toMatchObject({ kind: 'unavailable' })
    await expect(asked).rejects.toThrow(/Workers AI \(M2M-100\) failed: .*Capacity temporarily exceeded/)
  })
})
