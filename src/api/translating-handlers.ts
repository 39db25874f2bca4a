import { hashOf } from '../briefings/hash'
import { findSourceBySlug, listSources } from '../briefings/store'
import { reaches } from '../members/token'
import { exportAsItStands, exportPack, packFile, recallAll } from '../newsroom/export'
import { importPack, inWords } from '../newsroom/import'
import { statusAfter } from '../newsroom/status'
import { Refusal } from '../problem'
import { senderByToken } from '../translations/ancestry'
import { addressedTo } from '../translations/packs/destination'
import { readPack } from '../translations/packs/formats'
import { localeFileOf, toReturned } from '../translations/packs/json'
import type { PackFormat, ReturnedPack } from '../translations/packs/pack'
import { listTranslationsOf } from '../translations/store'
import { type Handlers, reply } from './call'
import { held, refuseOthers, translationTag } from './condition'
import { packTypes } from './newsroom-operations'
import { nextAfter, pageOf } from './paging'
import { publishing, reached, targetsOf, translatedInto } from './reach'

type TranslatingOperation =
  | 'getGlossary'
  | 'recall'
  | 'getStatus'
  | 'getPack'
  | 'sendPack'
  | 'listTranslations'
  | 'getTranslation'
  | 'putTranslation'

const [json, xliff, xliff12, po] = packTypes
const mediaTypes: Readonly<Record<PackFormat, string>> = { json, xliff, xliff12, po }

/** The operations for translators and their tools, each in the languages that their token gives access to. */
export const translatingHandlers: Pick<Handlers, TranslatingOperation> = {
  getGlossary: async ({ params, newsroom }) => {
    const locale = translatedInto(newsroom, params.locale)
    const value = newsroom.glossaries[locale] ?? { locale, terms: [] }
    return reply('getGlossary', 200, value, {
      language: locale,
      etag: `"${(await hashOf(JSON.stringify(value))).slice(0, 16)}"`,
    })
  },

  recall: async ({ params, query: { text }, token, newsroom }) => {
    const locale = reached(newsroom, token, params.locale)
    const candidates = (await recallAll(newsroom, locale, [text])).get(text) ?? []
    return reply('recall', 200, { locale, text, candidates })
  },

  getStatus: async ({ query: { locale: asked, after, limit }, token, sight, newsroom }) => {
    const locale = asked === undefined ? undefined : reached(newsroom, token, asked)
    const wanted = locale === undefined ? targetsOf(newsroom).filter((tag) => reaches(token, tag)) : [locale]
    const { rows, next } = await statusAfter(newsroom, wanted, after, limit, sight)
    return reply('getStatus', 200, rows, { next: nextAfter('/api/v1/status', { locale }, next, limit) })
  },

  getPack: async ({ params: { locale: asked, slug }, query, token, sight, newsroom }) => {
    const locale = reached(newsroom, token, asked)
    const { format, only, ...options } = query
    const outgoing = await exportPack(newsroom, locale, slug, only, sight)
    if (!outgoing) throw missing(slug)
    const { name, text } = packFile(outgoing, format, {
      copySource: options['copy-source'] === 'true',
      xliffVersion: options['xliff-version'],
      withoutEnglish: options['without-english'] === 'true',
    })
    // This is the tag of the text itself: suggestions of the memory change without the briefing or its translation.
    const headings = { language: locale, etag: `"${await hashOf(text)}"` }
    if (outgoing.pack.units.length === 0) return { status: 204, ...headings }
    const headers = { 'Content-Disposition': `attachment; filename="${name}"` }
    return { status: 200, content: { text, type: mediaTypes[format] }, ...headings, headers }
  },

  sendPack: async ({ query: { file, 'dry-run': dryRun, publish }, body: { bytes }, token, sight, newsroom }) => {
    const pack = addressedTo(newsroom.locales, returned(file, bytes))
    if (targetsOf(newsroom).includes(pack.locale)) reached(newsroom, token, pack.locale)
    const { sourceRevision: _, ...receipt } = await importPack(newsroom, pack, {
      sight,
      by: token.name,
      sender: senderByToken(token.id),
      isTrial: dryRun === 'true',
      ...(publishing(token, publish) ? { state: 'approved' } : {}),
    })
    return reply('sendPack', 200, inWords(receipt))
  },

  listTranslations: async ({ params, query: { after, limit }, token, newsroom }) => {
    const { database } = newsroom
    const locale = reached(newsroom, token, params.locale)
    const { listed, last } = pageOf(await listSources(database, after, limit + 1), limit)
    const ids = listed.map(({ id }) => id)
    const stored = new Map((await listTranslationsOf(database, ids, [locale])).map((each) => [each.briefingId, each]))
    const translations = listed.map(({ id, slug, revision: sourceRevision, published: english }) => {
      const { revision = 0, state = 'none', published: approved = null } = stored.get(id) ?? {}
      const published = english === undefined ? null : approved
      return { slug, revision, published, sourceRevision, state, etag: translationTag(revision, sourceRevision) } as const
    })
    const next = nextAfter(`/api/v1/translations/${locale}`, {}, last, limit)
    return reply('listTranslations', 200, { locale, translations }, { next })
  },

  getTranslation: async ({ params: { locale: asked, slug }, token, sight, newsroom }) => {
    const locale = reached(newsroom, token, asked)
    const outgoing = await exportAsItStands(newsroom, locale, slug, 'all', sight)
    if (!outgoing) throw missing(slug)
    const { pack, translation } = outgoing
    const { state = 'draft', provenance = 'human', credits = [] } = translation ?? {}
    const etag = translationTag(translation?.revision ?? 0, pack.sourceRevision)
    return reply('getTranslation', 200, localeFileOf(pack, { state, provenance, credits: [...credits] }), {
      language: locale,
      etag,
    })
  },

  putTranslation: async ({
    params: { locale: asked, slug },
    query: { 'dry-run': dryRun, publish },
    body,
    request,
    token,
    sight,
    newsroom,
  }) => {
    const locale = reached(newsroom, token, asked)
    const wanted = held(request)
    if (!(await findSourceBySlug(newsroom.database, slug))) throw missing(slug)
    const sent = addressedTo(newsroom.locales, toReturned(body, slug))
    if (sent.locale !== locale) throw new Refusal('api.other-locale', { locale })
    const receipt = await importPack(newsroom, sent, {
      sight,
      by: token.name,
      sender: senderByToken(token.id),
      isTrial: dryRun === 'true',
      ...(publishing(token, publish) ? { state: 'approved' } : {}),
      expects: (source, translation) => refuseOthers(wanted, translationTag(translation?.revision ?? 0, source.revision)),
    })
    const { sourceRevision, ...said } = receipt
    return reply('putTranslation', 200, inWords(said), { etag: translationTag(receipt.revision, sourceRevision) })
  },
}

const missing = (slug: string) => new Refusal('briefing.unknown', { slug }, { kind: 'not_found' })

function returned(file: string | undefined, bytes: Uint8Array): ReturnedPack {
  const isJson = /^\s*\{/.test(new TextDecoder().decode(bytes.subarray(0, 100)))
  if (isJson && file === undefined) {
    throw new Refusal('api.pack-name')
  }
  return readPack(file ?? '', bytes)
}
