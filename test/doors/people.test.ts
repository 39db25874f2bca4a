import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { vernacular } from '../support/command'

const folders: string[] = []
let path: string
beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'vernacular-people-'))
  folders.push(folder)
  path = join(folder, 'site.db')
})
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** A command as the operator of a new site gives it. */
const command = (...words: readonly string[]) => commandWith({}, ...words)

/** The same, where these variables are set. */
const commandWith = (settings: Readonly<Record<string, string>>, ...words: readonly string[]) =>
  vernacular({ DATABASE_PATH: path, ORIGIN: 'https://briefings.example', ...settings }, ...words)

interface Told {
  readonly id: string
  readonly address: string
  readonly roles: readonly { readonly name: string; readonly locale: string }[]
}
const listed = (...words: readonly string[]) => JSON.parse(command('people', 'list', '--json', ...words).out) as readonly Told[]
const noted = (...words: readonly string[]) =>
  JSON.parse(command('audit', '--json', ...words).out) as readonly { act: string; actor: string; subject: string }[]

describe('the operator of a new site', () => {
  test('makes its first editor, and is told what to do where the address is somebody’s already', () => {
    const made = command('people', 'add', ' Ada@Example.ORG ', '--locale', 'es', '--role', 'editor', '--role', 'translator:es')
    expect(made).toMatchObject({ status: 0, error: '' })
    expect(made.out).toMatch(
      /^Added ada@example\.org {2}circle {2}es {2}editor, translator for es {2}\S+\. They sign in at https:/,
    )
    const again = command('people', 'add', 'ada@example.org', '--role', 'administrator')
    expect(again).toMatchObject({ status: 1, out: '' })
    expect(again.error).toMatch(
      /^There is already a person with the address ada@example\.org\. .*`people role` and `people tier`/,
    )
    expect(listed().map(({ roles }) => roles.map(({ name }) => name).toSorted())).toEqual([['editor', 'translator']])
    expect(noted().map(({ act, actor }) => [act, actor])).toEqual([
      ['person-added', 'command line'],
      ['role-given', 'command line'],
      ['role-given', 'command line'],
    ])
  })

  test('says who may do what afterwards, finds them by it, and removes them when that is meant', () => {
    command('people', 'add', 'ada@example.org')
    command('people', 'add', 'bea@example.org', '--tier', 'alliance', '--role', 'reviewer:all')
    expect(command('people', 'role', 'ada@example.org', 'give', 'translator', '--locale', 'pl').out).toBe(
      'ada@example.org now has the role translator for pl.\n',
    )
    expect(command('people', 'role', 'ada@example.org', 'give', 'translator', '--locale', 'pl').out).toContain(
      'already has the role',
    )
    expect(command('people', 'role', 'bea@example.org', 'take', 'reviewer', '--all-locales').out).toBe(
      'bea@example.org no longer has the role reviewer.\n',
    )
    expect(command('people', 'tier', 'ada@example.org', 'alliance').out).toBe('ada@example.org now has the tier alliance.\n')
    expect(command('people', 'tier', 'bea@example.org', 'circle').status).toBe(0)
    expect(listed('--tier', 'alliance').map(({ address }) => address)).toEqual(['ada@example.org'])
    expect(listed('--role', 'translator').map(({ address }) => address)).toEqual(['ada@example.org'])
    expect(command('people', 'list', '--role', 'reviewer').out).toBe('Nobody was found.\n')
    expect(listed('--role', 'reviewer')).toEqual([])

    const unsure = command('people', 'remove', 'bea@example.org')
    expect([unsure.status, unsure.error]).toEqual([1, expect.stringMatching(/^This would remove bea@/)])
    expect(listed()).toHaveLength(2)
    const [, bea] = listed()
    expect(command('people', 'remove', 'bea@example.org', '--yes').out).toMatch(/^Removed bea@example\.org .* signed them out/)
    expect(listed().map(({ address }) => address)).toEqual(['ada@example.org'])
    expect(command('people', 'remove', 'bea@example.org', '--yes').error).toMatch(/^Nobody has the address bea@example\.org/)
    const acts = noted('--person', bea?.id ?? '').map(({ act }) => act)
    expect(acts).toEqual(['person-added', 'role-given', 'role-taken', 'tier-changed', 'person-removed'])
  })

  test('is refused with a sentence that says what there is, and nothing is changed', () => {
    command('people', 'add', 'ada@example.org')
    const before = command('people', 'list', '--json').out
    for (const [words, sentence] of [
      [['add', 'ada'], /^ada is not an email address/],
      [['add', 'eve@example.org', '--locale', 'xx'], /^xx is not a language of this site\. Its languages are en, es/],
      [
        ['add', 'eve@example.org', '--tier', 'gold'],
        /^This site has no tier gold\. The tiers are public, circle,? and alliance\.$/m,
      ],
      [['add', 'eve@example.org', '--role', 'chief'], /^There is no role chief\. The roles are author, editor, translator/],
      [['add', 'eve@example.org', '--role', 'translator'], /^The role (translator|reviewer) needs a language/],
      [['add', 'eve@example.org', '--role', 'editor', '--role', 'reviewer:sv'], /^This site is not translated into sv\./],
      [['role', 'ada@example.org', 'give', 'reviewer'], /^The role (translator|reviewer) needs a language/],
      [['role', 'ada@example.org', 'lend', 'editor'], /^<change> cannot be lend\. Choose from give and take.$/m],
      [['role', 'ada@example.org', 'give', 'translator', '--locale', 'es', '--all-locales'], /not both/],
      [
        ['role', 'eve@example.org', 'give', 'editor'],
        /^Nobody has the address eve@example\.org\. Add the person with `people add eve@/,
      ],
      [['tier', 'ada@example.org', 'gold'], /^This site has no tier gold\. The tiers are public, circle,? and alliance\.$/m],
      [
        ['list', '--role', 'constructor'],
        /^--role cannot be constructor\. Choose from author, editor, translator, reviewer and administrator.$/m,
      ],
      [['add', '\u001b[31mada'], /^\\u001b\[31mada is not an email address/],
    ] as const) {
      const { status, out, error } = command('people', ...words)
      expect([words, status, out, error.split('\n').length]).toEqual([words, 1, '', 2])
      expect(error).toMatch(sentence)
    }
    expect(command('people', 'list', '--json').out).toBe(before)
    expect(command('token', 'list').status).toBe(1)
  })
})

describe('the log of who did what', () => {
  test('is told line by line, and no line of it can pass for another or move the cursor', () => {
    const name = 'Desk\n2026-01-01  nobody  printed\u2028  it'
    expect(command('people', 'token', 'add', '--name', name, '--all-locales').status).toBe(0)
    const { out } = command('audit')
    expect(out.trimEnd().split(/[\n\u2028]/)).toHaveLength(1)
    expect(out).toContain('token-added')
    expect(out).toContain('name=Desk\\u000a2026-01-01')
    const json = command('audit', '--json').out
    expect(json).not.toContain('\u2028')
    expect(JSON.parse(json)).toMatchObject([{ act: 'token-added', detail: { name } }])
  })

  test('is asked for by day, person and act, and by no more lines than were wanted', () => {
    const today = new Date().toISOString().slice(0, 10)
    command('people', 'add', 'ada@example.org', '--role', 'editor', '--role', 'author')
    command('people', 'add', 'bea@example.org')
    expect(noted('--person', 'ada@example.org')).toHaveLength(3)
    expect(noted('--act', 'person-added')).toHaveLength(2)
    expect(noted('--most', '1').map(({ act }) => act)).toEqual(['person-added'])
    expect(noted('--since', '2999-01-01')).toEqual([])
    expect(noted('--since', today)).toHaveLength(4)
    expect(command('audit', '--since', '2999-01-01').out).toBe('There are no entries.\n')
    for (const [words, sentence] of [
      [['--since', 'yesterday'], /does not work with --since\. Use a day such as/],
      [['--since', '2026-02-31x'], /does not work with --since\. Use a day such as/],
      [['--act', 'toString'], /^--act cannot be toString\. Choose from joined, .*.$/m],
      [['--person', 'eve@example.org'], /^Nobody has the address/],
      [['--most', '0'], /^--most cannot be 0\. Use a number from 1 to 10000.$/m],
    ] as const) {
      const { status, error } = command('audit', ...words)
      expect([status, error]).toEqual([1, expect.stringMatching(sentence)])
    }
  })
})

describe('the operator of a site that asks for a second person', () => {
  test('takes a translation in from one and has another approve it, and is told why where that is not so', () => {
    const slug = 'microsoft-mistral-ai-partnership'
    const file = join(folders.at(-1) ?? '', `${slug}.json`)
    const pack = { locale: 'pl', source: 'en', sourceRevision: 1, state: 'draft', provenance: 'human', credits: [] }
    writeFileSync(file, JSON.stringify({ ...pack, segments: { title: 'Microsoft otwiera Mistralowi drogę na rynek' } }))
    expect(command('load').status).toBe(0)
    command('people', 'add', 'ada@example.org', '--role', 'reviewer:pl')
    command('people', 'add', 'bea@example.org', '--role', 'reviewer:all')
    const brought = (...words: readonly string[]) => commandWith({ SECOND_PERSON: 'on' }, 'import', file, ...words)
    const approved = ['--state', 'approved', '--by'] as const

    expect(brought('--by', 'Ada')).toMatchObject({ status: 1, error: 'Ada is not an email address.\n' })
    expect(brought('--by', 'cleo@example.org').error).toContain('Nobody has the address cleo@example.org')
    expect(brought('--state', 'approved')).toMatchObject({
      status: 1,
      out: expect.stringContaining('Say who approves this one. Use --by <address>.'),
    })
    expect(brought(...approved, 'ada@example.org')).toMatchObject({
      status: 1,
      out: expect.stringMatching(
        /: refused: On this site, nobody can approve their own texts \(title\)\. .* Use --state in-review\./,
      ),
    })
    expect(noted('--act', 'translation-approved')).toEqual([])
    expect(brought('--by', ' Ada@Example.ORG ', '--state', 'in-review')).toMatchObject({ status: 0, error: '' })
    expect(brought(...approved, 'bea@example.org')).toMatchObject({ status: 0, error: '' })
    const bea = listed().find(({ address }) => address === 'bea@example.org')
    expect(noted('--act', 'translation-approved')).toMatchObject([{ actor: bea?.id }])

    writeFileSync(file, JSON.stringify({ ...pack, segments: { title: 'Microsoft otwiera drogę Mistralowi' } }))
    expect(brought('--by', 'ada@example.org').out).toContain(`  Saved, not published. To give it to readers: publish ${slug} pl`)
    expect(command('status', '--locale', 'pl').out).toMatch(/microsoft-mistral-ai-partnership +pl +draft +earlier /)
    const publish = (...words: readonly string[]) => commandWith({ SECOND_PERSON: 'on' }, 'publish', slug, 'pl', ...words)
    expect(publish()).toMatchObject({
      status: 1,
      error: expect.stringContaining('Say who approves this one. Use --by <address>.'),
    })
    expect(publish('--by', 'ada@example.org')).toMatchObject({
      status: 1,
      error: expect.stringContaining('nobody can approve their own texts (title).'),
    })
    expect(publish('--by', 'bea@example.org')).toMatchObject({ status: 0, out: `${slug}: published in pl.\n` })
    expect(command('status', '--locale', 'pl').out).toMatch(/microsoft-mistral-ai-partnership +pl +approved +newest /)
  })
})
