import sample from '../../db/site.json'
import { settingsSchema } from '../../src/settings/schema'
import type { Settings } from '../../src/settings/settings'

/** What the sample decides. */
export const sampleSettings: Settings = settingsSchema.parse(sample)
