import * as z from 'zod'
import { complaint } from '../language/complaint'
import { isZone } from '../language/moment'
import { originIn } from '../language/origin'
import { complain, says } from '../language/schema'
import { flawInTextUpTo } from '../language/text'
import { hasSecret } from '../language/web-address'
import { type ListName, listNames } from '../language/word-lists'
import { entries, parts, type Settings } from './settings'

const id = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, says('schema.id'))
  .max(60)

const lineUpTo = (most: number) =>
  z
    .string()
    .normalize('NFC')
    .superRefine((text, context) => {
      const flaw = flawInTextUpTo(most, text)
      if (flaw) complain(context, flaw)
    })
    .refine((text) => !text.includes('\n'), says('schema.line'))

const webAddress = z
  .string()
  .max(2000)
  .refine((text) => /^https?:\/\/\S+$/.test(text) && URL.canParse(text), says('schema.web-address'))
  .refine((text) => !hasSecret(text), says('schema.address-secret'))

/** Complains of each name that a list has twice. */
function unlike(names: readonly string[], context: z.RefinementCtx, place: readonly string[] = []): void {
  for (const [index, name] of names.entries()) {
    if (names.indexOf(name) < index) complain(context, complaint('schema.twice', { name }), [index, ...place])
  }
}

const distinct = <Item extends z.ZodType<string>>(item: Item, most: number) =>
  z
    .array(item)
    .max(most)
    .superRefine((items, context) => unlike(items, context))

const listed = <Item extends z.ZodType<{ id: string }>>(item: Item, least: number, most: number) =>
  z
    .array(item)
    .min(least)
    .max(most)
    .superRefine((items, context) =>
      unlike(
        items.map((each) => each.id),
        context,
        ['id'],
      ),
    )

const file = z.string().regex(/^[a-z0-9-]+\.svg$/, says('site.svg'))

const brand = z.strictObject({
  logo: file.optional(),
  icon: file.optional(),
  organisation: z
    .strictObject({
      name: lineUpTo(200).optional(),
      legalName: lineUpTo(200).optional(),
      url: webAddress.optional(),
      email: lineUpTo(200).optional(),
    })
    .optional(),
  profiles: distinct(webAddress, 20).default([]),
})

const tier = z.strictObject({
  id: id.refine((name) => name !== 'public', says('site.public')),
  entry: z.enum(entries),
})

const confidence = z.strictObject({
  grades: listed(
    z.strictObject({ id, letters: lineUpTo(8).optional(), from: z.number(says('schema.confidence')).min(0).max(1) }),
    1,
    12,
  ).superRefine((grades, context) => {
    for (const [index, { from }] of grades.entries()) {
      if (index > 0 && from >= (grades[index - 1]?.from ?? 0)) complain(context, complaint('site.grades'), [index, 'from'])
    }
  }),
})

/** The address of a site, in ASCII. */
const address = z
  .string()
  .refine((text) => originIn(text) !== undefined, says('config.origin'))
  .transform((text) => originIn(text) ?? text)

const isOn = z.boolean(says('schema.yes-or-no'))

const features = z.strictObject({
  newsletter: isOn.default(true),
  comments: isOn.default(false),
  reports: isOn.default(true),
  following: isOn.default(true),
  membership: isOn.default(true),
  searchEngines: isOn.default(true),
  fullTextFeeds: isOn.default(true),
})

const words = distinct(id, 100).default([])
const listWords = Object.fromEntries(listNames.map((name) => [name, words])) as Record<ListName, typeof words>
const vocabulary = z.strictObject(listWords)

/** The form of `site.json`. What the file leaves out is as in `docs/site.md`. */
export const settingsSchema: z.ZodType<Settings> = z
  .strictObject({
    name: lineUpTo(80),
    origin: address.optional(),
    zone: z.string().refine(isZone, says('config.zone')).default('UTC'),
    brand: brand.prefault({}),
    tiers: listed(tier, 0, 4).default([]),
    vocabulary: vocabulary.prefault({}),
    requires: distinct(z.enum(parts), parts.length).default([]),
    confidence: confidence.optional(),
    pages: distinct(id, 20).default([]),
    features: features.prefault({}),
  })
  .superRefine(({ tiers, features }, context) => {
    if (features.membership) return
    if (tiers.length > 0) complain(context, complaint('site.membership'), ['tiers'])
    if (features.comments) complain(context, complaint('site.membership'), ['features', 'comments'])
  })
