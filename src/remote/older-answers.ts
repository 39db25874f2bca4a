import * as z from 'zod'
import type { OperationName } from '../api/operations'

const text = z.string().optional()

/** What was saved, readers had, and nothing waited. A text from English that had changed since was not saved. */
const packReceipt = z.looseObject({
  isPublished: z.boolean().default(true),
  isWaiting: z.boolean().default(false),
  revision: z.number().default(0),
  lines: z.array(z.looseObject({ outcome: z.string().transform((word) => (word === 'outdated' ? 'rejected' : word)) })),
})

/** What answers of sites older than this program lack, by operation: each field with what it was for them. */
const lacking: Partial<Record<OperationName, z.ZodType>> = {
  sendPack: packReceipt,
  putTranslation: packReceipt,
  putSource: z.looseObject({
    unpublished: z.array(text).default([]),
    warnings: z.array(text).default([]),
    lines: z.array(text).default([]),
  }),
  listTranslations: z.looseObject({ translations: z.array(standing('approved')) }),
  listSources: z.looseObject({ sources: z.array(standing('published')) }),
}

/** Readers had the newest revision of what was in this state, and no other. */
function standing(state: string) {
  return z
    .looseObject({ state: text, revision: z.number().optional() })
    .transform((each) => ({ published: each.state === state ? each.revision : null, ...each }))
}

/** The content of an answer with what an older site does not say. What is no such answer stays as it is. */
export const filled = (name: OperationName, content: unknown): unknown => lacking[name]?.safeParse(content).data ?? content
