import * as z from 'zod'
import { readVariables, type Variables } from '../../config'
import { type Locale, type Locales, openLocales } from '../../language/locale'
import { isLoopback } from '../../language/origin'
import { says } from '../../language/schema'

const machineEnvironment = z.object({
  TRANSLATOR_URL: z
    .string()
    .refine(
      (value) =>
        URL.parse(value)?.origin === value && (value.startsWith('https:') || isLoopback(URL.parse(value)?.hostname ?? '')),
      says('config.translator-url'),
    )
    .default('https://api-free.deepl.com'),
  TRANSLATOR_KEY: z
    .string()
    .regex(/^[!-~]+$/, says('config.translator-key'))
    .optional(),
  MACHINE_DRAFTS: z
    .string()
    .default('')
    .transform((list) => list.split(',').flatMap((tag) => tag.trim() || [])),
  MACHINE_GATED: z.enum(['on', 'off']).default('off'),
})

/** The settings of machine drafts. */
export interface MachineConfig {
  /** Where the translator's API is. */
  readonly url: string
  /** Its key, which is shown nowhere. Without one there is no such translator. */
  readonly key: string | undefined
  /** The languages that are drafted by themselves. */
  readonly locales: readonly Locale[]
  /** Whether texts for members are sent to the translator too. */
  readonly withGated: boolean
}

/** How machines draft translations, for a site with these locales. Throws as `readConfig` does. */
export function readMachineConfig(variables: Variables, site: Locales): MachineConfig {
  const isTarget = (tag: string) => tag !== site.source && openLocales(site).includes(tag)
  const schema = machineEnvironment.refine(({ MACHINE_DRAFTS }) => MACHINE_DRAFTS.every(isTarget), {
    path: ['MACHINE_DRAFTS'],
    ...says('config.drafts'),
  })
  const { TRANSLATOR_URL, TRANSLATOR_KEY, MACHINE_DRAFTS, MACHINE_GATED } = readVariables(schema, variables)
  return { url: TRANSLATOR_URL, key: TRANSLATOR_KEY, locales: MACHINE_DRAFTS, withGated: MACHINE_GATED === 'on' }
}
