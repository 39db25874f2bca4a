import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { vernacular } from '../support/command'
import { inDatabase, root } from '../support/server'

let folder: string
let site: { readonly environment: Record<string, string> }
let packs: string

/** A pack whose title differs from what the site has. */
function edited(slug: string): string {
  const path = join(packs, 'pl', `${slug}.json`)
  const pack = JSON.parse(readFileSync(path, 'utf8')) as { segments: Record<string, string> }
  pack.segments['title'] = `Inny tytuł: ${slug}`
  const to = join(folder, `${slug}.json`)
  writeFileSync(to, JSON.stringify(pack))
  return to
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vernacular-commands-'))
  site = { environment: { DATABASE_PATH: join(folder, 'site.db'), ORIGIN: 'https://briefings.example' } }
  packs = join(folder, 'packs')
  expect(command('load').status).toBe(0)
  expect(command('export', 'pl', '--format', 'json', '--out', packs).status).toBe(0)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const command = (...words: readonly string[]) => vernacular(site.environment, ...words)

/** A hash of every row of every table. */
const everything = () =>
  inDatabase(site, (file) => {
    const hash = createHash('sha256')
    const tables = file.prepare("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'").pluck().all()
    for (const name of tables)
      hash.update(
        JSON.stringify(
          file
            .prepare(`select * from "${String(name)}"`)
            .raw()
            .all(),
        ),
      )
    return hash.digest('hex')
  })

describe('a command that is mistyped', () => {
  test('does nothing, and is told what it might have meant', () => {
    const file = edited('microsoft-mistral-ai-partnership')
    const before = everything()
    for (const [words, sentence] of [
      [['import', file, '--dryrun'], '`import` has no option --dryrun. Did you mean --dry-run?'],
      [['load', '--dryrun'], '`load` has no option --dryrun. Did you mean --dry-run?'],
      [
        ['people', 'token', 'add', '--name', 'x', '--all-locales', '--expire', '30'],
        '`people token add` has no option --expire. Did you mean --expires?',
      ],
      [
        ['webhooks', 'add', 'https://agency.example/', '--locales', 'es'],
        '`webhooks add` has no option --locales. Did you mean --locale?',
      ],
      [['import', file, '--state', 'aproved'], /^--state cannot be aproved. Choose from .*. Did you mean approved\?$/],
      [['import', file, '--state', 'draft', '--state', 'approved'], '--state is given twice, but takes one value.'],
      [['status', '--locale', ''], /^--locale needs a value\./],
      [['print', 'everything'], /^everything is one argument too many/],
      [['changes', 'x', '--locale', 'es', '--since', '1'], 'Use --locale or --since, not both.'],
      [['mail', '--locale', 'es'], '--locale only works with <address>. Add that too.'],
      [['newsletter', '--rhythm', 'weekly'], '--rhythm only works with --locale. Add that too.'],
      [['imprt', file], 'There is no command `imprt`. Did you mean import?'],
    ] as const) {
      const { status, out, error } = command(...words)
      expect([words, status, out, error.split('\n').length]).toEqual([words, 1, '', 2])
      expect(error.trimEnd()).toMatch(sentence)
    }
    expect(everything()).toBe(before)
  })

  test('does nothing either where npm took the option for itself', () => {
    const file = edited('microsoft-mistral-ai-partnership')
    const before = everything()
    const byNpm = { ...site.environment, npm_lifecycle_event: 'vernacular', npm_config_dry_run: 'true' }
    const { status, error } = vernacular(byNpm, 'import', file)
    expect([status, error]).toEqual([1, expect.stringMatching(/^npm took --dry-run as its own\. .* -- import --dry-run`\.$/m)])
    expect(everything()).toBe(before)
  })
})

describe('a command that is only tried', () => {
  test('says what it would do, and changes nothing', () => {
    const content = join(folder, 'content')
    mkdirSync(join(content, 'db'), { recursive: true })
    const copied = spawnSync('cp', [
      '-r',
      join(root, 'db/briefings'),
      join(root, 'db/images'),
      join(root, 'db/pages'),
      join(content, 'db'),
    ])
    expect([copied.status, spawnSync('cp', ['-r', join(root, 'locales'), content]).status]).toEqual([0, 0])
    const path = join(content, 'locales/pl/briefings/uk-merger-case-microsoft-mistral.json')
    const file = JSON.parse(readFileSync(path, 'utf8')) as { segments: Record<string, string> }
    writeFileSync(
      path,
      JSON.stringify({
        ...file,
        segments: { ...file.segments, title: 'Brytyjczycy badają umowę Microsoftu i Mistralu i fuzji nie widzą' },
      }),
    )

    const before = everything()
    const { status, out } = command('load', content, '--dry-run')
    expect([status, out]).toEqual([
      0,
      'uk-merger-case-microsoft-mistral: changed\n' +
        'Dry run: nothing was saved or printed. 15 briefings: 0 new, 1 changed, 14 unchanged.\n',
    ])
    expect(JSON.parse(command('load', content, '--dry-run', '--json').out)).toMatchObject({ changed: 1, isTrial: true })
    expect(command('print', '--dry-run').out).toBe('Dry run: nothing was printed. Briefings waiting to be printed: 0.\n')
    expect(command('confirm', 'es', 'uk-merger-case-microsoft-mistral', '--by', 'Ada', '--dry-run').out).toMatch(
      /: confirmed\nDry run: nothing was saved\.\n$/,
    )
    expect(command('draft', 'es', 'microsoft-mistral-ai-partnership', '--dry-run').out).toMatch(
      /^microsoft-mistral-ai-partnership: \d\d segments to draft, [\d,]+ characters\nDry run: nothing was sent or saved\.\n$/,
    )
    expect(everything()).toBe(before)
    expect(command('load', content).out).toBe('15 briefings: 0 new, 1 changed, 14 unchanged.\n')
    expect(everything()).not.toBe(before)
  })
})

describe('JSON', () => {
  const refused = (...words: readonly string[]) => {
    const { status, out, error } = command(...words, '--json')
    const { error: failure } = JSON.parse(out) as { error: { code: string; message: string } }
    return [status, failure.code, failure.message, error]
  }

  test('is one document that holds the refusal, whatever is refused', () => {
    expect(refused('import', 'x.json', '--dryrun')).toEqual([
      1,
      'option.unknown.near',
      '`import` has no option --dryrun. Did you mean --dry-run?',
      '',
    ])
    expect(refused('people', 'token', 'revoke', 'nothing')).toEqual([
      1,
      'token.unknown',
      'There is no token nothing, or it is already revoked.',
      '',
    ])
    expect(refused('load', join(folder, 'nowhere'))).toEqual([1, 'path.missing', expect.stringContaining('nowhere'), ''])
    const wrong = join(folder, 'wrong')
    for (const path of ['db/briefings', 'db/images', 'locales']) mkdirSync(join(wrong, path), { recursive: true })
    writeFileSync(join(wrong, 'db/briefings/wrong.json'), '{}')
    const [status, , message] = refused('load', wrong)
    expect([status, message]).toEqual([1, expect.stringContaining('wrong.json')])
  })

  test('is whole where something unforeseen happens with one of several files: the failure is in it', () => {
    const slugs = ['european-data-centre-investment', 'mistral-funding-and-valuation', 'eu-review-of-the-mistral-partnership']
    const files = slugs.map(edited)
    inDatabase(site, (file) =>
      file.exec(`create trigger fails before insert on translation_revision
        when new.briefing_id = (select id from briefing where slug = '${slugs[1]}') BEGIN select raise(abort, 'the disk burns'); END`),
    )
    try {
      const { status, out, error } = command('import', ...files, '--json')
      const told = JSON.parse(out) as readonly { file: string; receipt?: object; error?: object }[]
      expect(told.map(({ file }) => file)).toEqual(files.slice(0, 2))
      expect([status, told[0]?.receipt, told[1]?.error]).toEqual([
        1,
        expect.objectContaining({ isSaved: true }),
        { code: 'unforeseen', message: expect.stringContaining('the disk burns') },
      ])
      expect(error).toMatch(/the disk burns\n {4}at /)
      const prose = command('import', ...files)
      expect([prose.status, prose.error]).toEqual([1, expect.stringMatching(/-valuation\.json:\n.*the disk burns\n {4}at /)])
    } finally {
      inDatabase(site, (file) => file.exec('drop trigger fails'))
    }
    expect(command('import', ...files).status).toBe(0)
  })
})

describe('a reader that goes away', () => {
  /** Gives a command whose output nobody reads. */
  const unread = (...words: readonly string[]) =>
    new Promise<readonly [number | null, string]>((resolve) => {
      const env = { PATH: process.env['PATH'], ...site.environment }
      const child = spawn(process.execPath, [join(root, 'dist/cli.mjs'), ...words], { env })
      let error = ''
      child.stderr.on('data', (chunk: Buffer) => {
        error += chunk.toString()
      })
      child.stdout.destroy()
      child.once('close', (status) => resolve([status, error]))
    })

  test('ends a command quietly, as a shell’s own commands end', async () => {
    for (const words of [
      ['status'],
      ['status', '--json'],
      ['--help'],
      ['import', packs, '--json'],
      ['import', packs],
      ['people', 'list'],
    ])
      expect([words, ...(await unread(...words))]).toEqual([words, 141, ''])
  })
})

describe('files that are not there, or are there already', () => {
  const told = ({ status, out, error }: Pick<ReturnType<typeof command>, 'status' | 'out' | 'error'>) => [status, out, error]

  test('are told of in a sentence', () => {
    const nowhere = join(folder, 'nowhere')
    for (const words of [
      ['import', nowhere],
      ['load', nowhere],
      ['check', nowhere],
    ])
      expect([words, ...told(command(...words))]).toEqual([
        words,
        1,
        '',
        expect.stringMatching(/^There is no file or folder \S+\.\n$/),
      ])
    const file = join(folder, 'a-file')
    writeFileSync(file, '')
    expect(told(command('export', 'es', '--out', file))).toEqual([
      1,
      '',
      expect.stringMatching(/^\S+ is not a folder, or is inside something that is not a folder\.\n$/),
    ])
  })

  test('a backup overwrites none of them, and leaves nothing half done behind', () => {
    const copy = join(folder, 'copy.db')
    writeFileSync(copy, 'what was there')
    expect(told(command('backup', copy))).toEqual([
      1,
      '',
      `${copy} already exists. Choose another name: a backup overwrites nothing.\n`,
    ])
    expect(readFileSync(copy, 'utf8')).toBe('what was there')
    expect(told(command('backup', site.environment['DATABASE_PATH'] ?? ''))).toEqual([1, '', expect.stringContaining('already')])
    const nowhere = join(folder, 'nowhere')
    expect(told(command('backup', join(nowhere, 'copy.db')))).toEqual([1, '', `There is no file or folder ${nowhere}.\n`])
    expect(existsSync(nowhere)).toBe(false)
    expect(JSON.parse(command('backup', join(folder, 'new.db'), '--json').out)).toEqual({ to: join(folder, 'new.db') })
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })
})

describe('help and the version', () => {
  const built = (...words: readonly string[]): SpawnSyncReturns<string> =>
    spawnSync(process.execPath, [join(root, 'dist/cli.mjs'), ...words], { env: { PATH: process.env['PATH'] }, encoding: 'utf8' })

  test('stand on standard output at every level, and are no error', () => {
    for (const words of [
      [],
      ['--help'],
      ['people', '-h'],
      ['people', 'token', 'add', '--help'],
      ['import', '--colour', '--help'],
    ]) {
      const { status, stdout, stderr } = built(...words)
      expect([words, status, stderr]).toEqual([words, 0, ''])
      expect(stdout).toMatch(/^Usage: npm run vernacular -- [^\n]+\n(.|\n)*^Example: npm run vernacular -- [^\n]+\n$/m)
    }
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    expect(built('--version').stdout).toBe(`vernacular ${version}\n`)
  })
})
