import { grantToken } from '../../src/members/administer'
import { openSqlite } from '../../src/storage/sqlite'
import { anEmptySite } from './samples'

/** Somebody who works on one translation through the API. */
export interface Writer {
  /** Fetches the file, changes its title and sends it back. Returns whether it was saved; if it is published too, it is printed. */
  save(isPublished: boolean): Promise<boolean>
}

/** So many writers, each with a translation of their own, and a token of their own, because the API limits each. */
export async function openWriters(path: string, url: () => string, count: number): Promise<readonly Writer[]> {
  const texts = textsIn(path, count)
  const { site, database } = await anEmptySite(path)
  const rights = { locales: 'all', mayWrite: true, mayEdit: false, mayPublish: true, seesGated: true, expiresAt: null } as const
  const writers = []
  for (const text of texts) {
    const { secret } = await grantToken(site, { name: text, ...rights }, 'bench')
    writers.push(aWriter(() => `${url()}/api/v1/translations/${text}`, secret))
  }
  database.close()
  return writers
}

/** Translations that readers have, as the API addresses them. */
function textsIn(path: string, count: number): readonly string[] {
  const { file, close } = openSqlite(path)
  const sql = `select t.locale || '/' || b.slug from translation as t join briefing as b on b.id = t.briefing_id
    where t.state = 'approved' and b.state = 'published' order by t.locale, b.slug limit ?`
  const texts = file.prepare(sql).pluck().all(count) as string[]
  close()
  return texts
}

function aWriter(address: () => string, secret: string): Writer {
  const headers = { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json' }
  let turn = 0
  return {
    async save(isPublished) {
      const read = await fetch(address(), { headers })
      const file = (await read.json()) as { readonly segments: Readonly<Record<string, string>> }
      const title = file.segments['title']?.replace(/( bis)?$/, turn % 2 === 0 ? ' bis' : '') ?? ''
      turn += 1
      const sent = await fetch(`${address()}?publish=${isPublished}`, {
        method: 'PUT',
        headers: { ...headers, 'If-Match': '*' },
        body: JSON.stringify({ ...file, segments: { ...file.segments, title } }),
      })
      const receipt = (await sent.json()) as { readonly isSaved?: boolean }
      return receipt.isSaved === true
    },
  }
}
