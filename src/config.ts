import * as z from 'zod'
import { type Locale, type Locales, openLocales } from './language/locale'

/** What the operator decides. Both doors read it from variables of the same names. */
export interface Config {
  /** Where the site is reached from outside, without a slash at the end. Canonical and alternate links are made of it. */
  readonly origin: string
  readonly siteName: string
}

const environment = z.object({
  ORIGIN: z
    .string()
    .refine(
      (value) => /^https?:$/.test(URL.parse(value)?.protocol ?? '') && URL.parse(value)?.origin === value,
      'expected an address such as https://briefings.example, without a path',
    )
    .default('http://localhost:8787'),
  SITE_NAME: z.string().trim().min(1).max(80).default('Vernacular'),
})

const nodeEnvironment = environment.extend({
  PORT: z.coerce.number('expected a port number').int().min(0).max(65_535).default(8787),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATABASE_PATH: z.string().min(1).default('./data/vernacular.db'),
  PAGE_CACHE_MB: z.coerce.number('expected a number of megabytes').min(0).max(4096).default(64),
  SAMPLES: z.enum(['on', 'off'], { error: 'expected on or off' }).default('on'),
  LOG: z.enum(['on', 'off'], { error: 'expected on or off' }).default('on'),
})

const kitEnvironment = z.object({
  PSEUDO_LOCALES: z.enum(['on', 'off'], { error: 'expected on or off' }).default('off'),
})

/** What a developer decides before the program is put together: at a start on Node, at the build of a Worker. */
export interface KitConfig {
  /** Whether the site has the pseudo-locales, in preview. */
  readonly pseudoLocales: boolean
}

export interface NodeConfig extends Config {
  readonly port: number
  readonly host: string
  readonly databasePath: string
  /** The most that cached pages may take, in bytes. 0: nothing is cached. */
  readonly pageCacheBytes: number
  /** Whether the sample briefings are loaded into an empty database. */
  readonly samples: boolean
  readonly log: boolean
}

const machineEnvironment = z.object({
  TRANSLATOR_URL: z
    .string()
    .refine(
      (value) => URL.parse(value)?.origin === value && (value.startsWith('https:') || isLoopback(value)),
      'expected an address such as https://api.deepl.com, without a path',
    )
    .default('https://api-free.deepl.com'),
  TRANSLATOR_KEY: z
    .string()
    .regex(/^[!-~]+$/, 'expected a key: letters, digits and signs without a space')
    .optional(),
  MACHINE_DRAFTS: z
    .string()
    .default('')
    .transform((list) => list.split(',').flatMap((tag) => tag.trim() || [])),
  MACHINE_GATED: z.enum(['on', 'off'], { error: 'expected on or off' }).default('off'),
})

const isLoopback = (address: string) => /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(address)

/** What drafts by machines are made with. */
export interface MachineConfig {
  /** Where the translator's API is. */
  readonly url: string
  /** Its key, which is shown nowhere; without one there is no such translator. */
  readonly key: string | undefined
  /** The languages that are drafted by themselves. */
  readonly locales: readonly Locale[]
  /** Whether texts for members are sent to the translator too. */
  readonly withGated: boolean
}

type Variables = Readonly<Record<string, unknown>>

/** The configuration of either door. Throws one error that names every variable that is wrong. */
export function readConfig(variables: Variables): Config {
  const { ORIGIN, SITE_NAME } = read(environment, variables)
  return { origin: ORIGIN, siteName: SITE_NAME }
}

/** The same for the Node door, with what only a server of one's own needs. */
export function readNodeConfig(variables: Variables): NodeConfig {
  const { PORT, HOST, DATABASE_PATH, PAGE_CACHE_MB, SAMPLES, LOG } = read(nodeEnvironment, variables)
  return {
    ...readConfig({ ORIGIN: `http://localhost:${PORT}`, ...variables }),
    port: PORT,
    host: HOST,
    databasePath: DATABASE_PATH,
    pageCacheBytes: PAGE_CACHE_MB * 1024 * 1024,
    samples: SAMPLES === 'on',
    log: LOG === 'on',
  }
}

/** The same for what is built into the program. */
export const readKitConfig = (variables: Variables): KitConfig => ({
  pseudoLocales: read(kitEnvironment, variables).PSEUDO_LOCALES === 'on',
})

/** How machines draft translations, for a site with these locales. Throws as the others do. */
export function readMachineConfig(variables: Variables, site: Locales): MachineConfig {
  const isTarget = (tag: string) => tag !== site.source && openLocales(site).includes(tag)
  const schema = machineEnvironment.refine(({ MACHINE_DRAFTS }) => MACHINE_DRAFTS.every(isTarget), {
    path: ['MACHINE_DRAFTS'],
    error: 'expected languages that this site translates into, such as es,pt-BR',
  })
  const { TRANSLATOR_URL, TRANSLATOR_KEY, MACHINE_DRAFTS, MACHINE_GATED } = read(schema, variables)
  return { url: TRANSLATOR_URL, key: TRANSLATOR_KEY, locales: MACHINE_DRAFTS, withGated: MACHINE_GATED === 'on' }
}

function read<Schema extends z.ZodType>(schema: Schema, variables: Variables): z.infer<Schema> {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = schema.safeParse(set)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
  throw new Error(`The configuration is not usable:\n${problems.join('\n')}`)
}
