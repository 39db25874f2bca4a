import { applyD1Migrations } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { D1Database, Fetcher } from '@cloudflare/workers-types'
import bundled from '../../dist/kit.json'
import { newsroomWordsIn } from '../../src/language/assets'
import { materialsOf } from '../../src/sharing/assets'
import type { Materials } from '../../src/sharing/drawing'
import type { Kit } from '../../src/site'
import { openD1 } from '../../src/storage/d1'
import type { Database } from '../../src/storage/database'

/** The runtime that a test runs in: here workerd with D1. */
export const runtime = 'workerd'

const { ASSETS, DB, MIGRATIONS } = env as unknown as {
  ASSETS: Fetcher
  DB: D1Database
  MIGRATIONS: Parameters<typeof applyD1Migrations>[1]
}

export const kit: Kit = {
  ...(bundled as unknown as Kit),
  newsroom: newsroomWordsIn(ASSETS, 'https://assets.example', bundled.newsroom),
}

/** What pictures are drawn with. */
export const materials: Materials = materialsOf(ASSETS, 'https://assets.example', bundled.faces)

/** An empty database with the tables of today. */
export async function openDatabase(observe?: (sql: string) => void): Promise<Database> {
  await applyD1Migrations(DB as never, MIGRATIONS)
  const tables = [
    'webhook_delivery',
    'webhook_event',
    'webhook_endpoint',
    'memory',
    'memory_mark',
    'memory_due',
    'access_token',
    'machine_draft',
    'machine_job',
    'demand',
    'mail',
    'membership_request',
    'following_stop',
    'following',
    'following_link',
    'subscription_stop',
    'subscription',
    'newsletter_link',
    'report',
    'comment',
    'role',
    'passkey_challenge',
    'passkey',
    'session',
    'sign_in',
    'person',
    'share_card_use',
    'share_card',
    'appearance',
    'place',
    'feed_entry',
    'search_text',
    'search_entry',
    'facet',
    'standing',
    'moved',
    'resolution',
    'edition',
    'print',
    'translation_revision',
    'translation',
    'source_revision',
    'former_slug',
    'briefing',
  ]
  await DB.batch(tables.map((table) => DB.prepare(`delete from ${table}`)))
  return openD1(DB, 'primary', observe)
}
