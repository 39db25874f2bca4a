import * as z from 'zod'
import { says } from '../language/schema'
import { problemCodes } from '../problem'

/** The schemas that have names in the document. */
export const named = z.registry<{ readonly id: string; readonly description: string }>()

/** A schema that has a name in the document. */
export const name = <Schema extends z.ZodType>(id: string, description: string, schema: Schema): Schema => {
  named.add(schema, { id, description })
  return schema
}

export const text = z.string()
export const count = z.int().min(0)
export const instant = z.iso.datetime()
export const localeTag = z
  .string()
  .max(35)
  .describe('A BCP 47 tag, such as pt-BR. In a request, it may be spelled otherwise or name a region: pt_br, es-MX for es.')
export const slug = z.string().max(60).describe('The last part of the address of a briefing.')

/** Parameters of several operations. */
export const flag = z.enum(['true', 'false']).default('false')
export const dryRun = flag.describe('Show what would happen, and change nothing.')
export const publishing = flag.describe('Publish it too, which needs a token that may. Otherwise readers keep what they have.')
export const afterSlug = z.string().max(60).describe('The page begins after this slug.').default('')
export const limit = z.coerce.number(says('schema.number')).int().min(1)
export const bySlug = z.object({ slug })
export const byLocale = z.object({ locale: localeTag })
export const bySlugAndLocale = z.object({ locale: localeTag, slug })

export const complaint = name(
  'Complaint',
  'A reason for programs: a code, and the values in the sentence.',
  z.object({ code: text, values: z.record(text, z.unknown()) }),
)

export const problem = name(
  'Problem',
  'A refusal (RFC 9457): what is wrong and what to do.',
  z.object({
    type: z.literal('about:blank'),
    title: text,
    status: z.int(),
    code: z.enum(problemCodes),
    detail: text.optional().describe('What is wrong and what to do about it, in English.'),
    complaint: complaint.optional().describe('The same as a code with values.'),
    instance: text.optional().describe('The number of the error in the log of the site.'),
    withdrawnAt: instant.optional().describe('With 410: when the editors withdrew the briefing.'),
    removedAt: instant.optional().describe('With 410: when the editors removed the briefing for good.'),
    why: text.optional().describe('With 410: what the editors say about it, in English. It may be empty.'),
    kept: z
      .enum(['nothing', 'unknown', 'saved'])
      .optional()
      .describe(
        'With 503 and 507: what became of the request. `saved`: it was done, and readers get it later. Do not send it again.',
      ),
    current: text.optional().describe('With 412: the current state, as an entity tag.'),
    sent: text.optional().describe('With 412: the state that the request is based on.'),
  }),
)
