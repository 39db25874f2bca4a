import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { keptFor } from '../../src/confirmations/confirmation'
import { rememberChoice } from '../../src/delivery/reader'
import { idleMax, sessionMax } from '../../src/members/session'
import { unsentFor } from '../../src/members/unsent'
import { root } from '../support/server'

const privacy = readFileSync(join(root, 'db/pages/privacy.md'), 'utf8')
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const days = (milliseconds: number) => milliseconds / 86_400_000

/** The sources that make a cookie, by the attribute that every cookie of ours has. */
const makers = (files: readonly string[]) => files.filter((file) => /; Path=[/$]/.test(read(file))).sort()

/** A number that a source of the program names, which nothing else needs to know. */
const named = (file: string, pattern: RegExp) => Number(pattern.exec(read(file))?.[1])

describe('the sample’s page on privacy says what the program does', () => {
  test('about cookies: there are three, for so long', () => {
    const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    const files = sources.filter((name) => /\.tsx?$/.test(name)).map((name) => join('src', name))
    expect(makers(files)).toEqual(['src/delivery/reader.ts', 'src/members/session.ts', 'src/members/unsent.ts'])
    expect(privacy).toContain('We set a cookie in three cases only')
    expect(rememberChoice('en', 'https://a.example')).toContain(`Max-Age=${365 * 86_400};`)
    expect(privacy).toContain('a cookie remembers it for a year')
    expect(privacy).toContain(`not visited for ${days(idleMax)} days, or after ${days(sessionMax)} days`)
    expect(unsentFor).toBe(3_600_000)
    expect(privacy).toContain('we keep what you wrote for an hour')
  })

  test('about what is kept, and for how long', () => {
    const months = named('src/demand/store.ts', /monthsKept = (\d+)/)
    const [sent, unsent] = [/sent: (\d+)/, /unsent: (\d+)/].map((pattern) => named('src/mail/store.ts', pattern))
    expect(privacy).toContain(`kept for ${months} months`)
    expect(privacy).toContain(`whom it went to after ${sent} days`)
    expect(privacy).toContain(`could not be sent is deleted ${unsent} days after`)
    expect(days(keptFor)).toBe(1)
    expect(privacy).toContain('If you do not confirm a request, it is deleted after a day')
  })
})

describe('the sample’s pages', () => {
  const pagesOf = (folder: string) => readdirSync(join(root, folder)).sort()

  test('are there in every public language, and all but one in Catalan', () => {
    const english = pagesOf('db/pages')
    expect(english).toEqual(['about.md', 'contact.md', 'corrections.md', 'disclosure.md', 'editorial-policy.md', 'privacy.md'])
    const { locales } = JSON.parse(read('locales/index.json')) as { locales: { tag: string; state: string }[] }
    const others = locales.filter(({ tag }) => tag !== 'en')
    for (const { tag, state } of others) {
      const missing = english.filter((name) => !pagesOf(`locales/${tag}/pages`).includes(name))
      expect([tag, missing]).toEqual([tag, state === 'public' ? [] : ['disclosure.md']])
    }
  })

  test('name the buttons of the site as it has them', () => {
    const languages = readdirSync(join(root, 'locales'), { withFileTypes: true }).flatMap((each) =>
      each.isDirectory() ? each.name : [],
    )
    for (const tag of languages) {
      const words = JSON.parse(read(`locales/${tag}/site.json`)) as Record<string, string>
      const page = (name: string) => read(tag === 'en' ? `db/pages/${name}.md` : `locales/${tag}/pages/${name}.md`)
      expect([tag, page('corrections').includes(words['report.title'] ?? '?')]).toEqual([tag, true])
      expect([tag, page('contact').includes(words['follow.available'] ?? '?')]).toEqual([tag, true])
      expect([tag, page('editorial-policy').includes(words['briefing.watch'] ?? '?')]).toEqual([tag, true])
    }
  })
})
