import { WorkerEntrypoint } from 'cloudflare:workers'

/** A Worker in the place of Workers AI: what the binding's `run` does, without a model. */
export default class extends WorkerEntrypoint {
  async run(model: string, { text, target_lang }: { text: string; target_lang: string }) {
    if (model !== '@cf/meta/m2m100-1.2b') throw new Error(`There is no model ${model}.`)
    return { translated_text: `${target_lang} ${text}` }
  }
}
