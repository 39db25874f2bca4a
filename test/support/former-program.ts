import { CompiledQuery } from 'kysely'
import { linkMax } from '../../src/members/sign-in'
import { hashOfSecret, newSecret } from '../../src/secrets/secret'
import type { Database } from '../../src/storage/database'

/**
 * What the program before `confirmation` does in the database, in its own statements: it may still run after the migration. Its readers
 * are asked in Spanish.
 */
export function formerProgram({ query, atomically }: Database) {
  const run = async (sql: string, ...parameters: readonly unknown[]) => {
    const [changed] = await atomically([CompiledQuery.raw(sql, [...parameters])])
    return changed
  }
  const hashIn = async (link: string) => await hashOfSecret(link.slice(link.lastIndexOf('/') + 1))

  const kind = (table: string, mark: string, path: string, lasts: number, columns: string, values: readonly string[]) => ({
    table,
    /** Keeps a link and returns its path. */
    ask: async (address: string, at: string): Promise<string> => {
      const link = path + newSecret()
      const expires = new Date(Date.parse(at) + lasts).toISOString()
      const row = [await hashIn(link), address, 'es', at, expires, ...values]
      const places = row.map(() => '?').join(', ')
      await run(`insert into ${table} (hash, address, locale, asked_at, expires_at, ${columns}) values (${places})`, ...row)
      return link
    },
    /** Uses a link and returns how many rows that changed: it takes one for a link that was good. */
    use: async (link: string): Promise<number | undefined> =>
      await run(
        `update ${table} set ${mark} = ? where hash = ? and ${mark} is null and expires_at > ?`,
        crypto.randomUUID(),
        await hashIn(link),
        '2026-01-01T00:00:00.000Z',
      ),
    /** Removes the links of an address, as it does with a person. */
    remove: async (address: string) => await run(`delete from ${table} where address = ?`, address),
    rows: async () => (await query.executeQuery(CompiledQuery.raw(`select hash from ${table}`))).rows.length,
  })

  return {
    signIn: kind('sign_in', 'session', '/es/sign-in/', linkMax, 'next', ['/es/']),
    following: kind('following_link', 'used', '/es/follow/confirm/', day, 'briefing_id, wish', ['harbour', 'changes']),
    newsletter: kind('newsletter_link', 'used', '/es/newsletter/confirm/', day, 'rhythm', ['weekly']),
    /** Undoes the migration. */
    withoutConfirmations: [
      'drop table confirmation',
      ...['sign_in', 'following_link', 'newsletter_link'].flatMap((table) =>
        ['asked', 'used_already', 'removed'].map((each) => `drop trigger ${table}_${each}`),
      ),
    ].join(';\n'),
  }
}

const day = 86_400_000
