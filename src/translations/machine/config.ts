import type { Locale, Locales } from '../../language/locale'
import { meant } from '../../language/negotiation'
import { isLoopback } from '../../language/origin'
import { fitting, made, onOrOff, readVariables, setting, type Variables } from '../../variables'

const isTranslator = (text: string) =>
  URL.parse(text)?.origin === text && (text.startsWith('https:') || isLoopback(URL.parse(text)?.hostname ?? ''))

const machineEnvironment = {
  TRANSLATOR_URL: setting(fitting(isTranslator, 'config.translator-url'), 'https://api-free.deepl.com'),
  TRANSLATOR_KEY: setting(
    fitting((text) => /^[!-~]+$/.test(text), 'config.translator-key'),
    undefined,
  ),
  MACHINE_GATED: setting(onOrOff, false),
}

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
  const targetsIn = (tag: string): readonly Locale[] => {
    const locale = meant(site, tag)
    return locale === undefined || locale === site.source ? [] : [locale]
  }
  const drafts = (text: string) => {
    const tags = text.split(',').flatMap((tag) => tag.trim() || [])
    return tags.every((tag) => targetsIn(tag).length > 0) ? tags.flatMap(targetsIn) : undefined
  }
  const { TRANSLATOR_URL, TRANSLATOR_KEY, MACHINE_DRAFTS, MACHINE_GATED } = readVariables(
    { ...machineEnvironment, MACHINE_DRAFTS: setting(made(drafts, 'config.drafts'), []) },
    variables,
  )
  return { url: TRANSLATOR_URL, key: TRANSLATOR_KEY, locales: MACHINE_DRAFTS, withGated: MACHINE_GATED }
}
