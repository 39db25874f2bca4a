import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config'
import { gatherKit } from '../../src/doors/kit'
import { grantToken } from '../../src/members/administer'
import { openClient } from '../../src/remote/client'
import { openSite } from '../../src/site'
import { readersAddresses } from '../support/addresses'
import { type Fault, startFaults } from '../support/faults'
import { aGrant } from '../support/grants'
import { eventually, inDatabase, type RunningServer, root, startServer } from '../support/server'
import { sampleSettings } from '../support/settings'
import { startWorker } from '../support/worker'

const origin = 'https://briefings.example'
const slug = 'uk-merger-case-microsoft-mistral'
const title = 'title'

let folder: string
let reference: RunningServer
/** What it answers that was loaded locally. */
let local: ReadonlyMap<string, string>
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vernacular-desk-'))
  reference = await startServer({ SAMPLES: 'off', ORIGIN: origin })
  expect((await run(['load', root], reference.environment)).status).toBe(0)
  local = await everyAnswer(getFrom(reference))
  expect([...local.values()].filter((answer) => answer.startsWith('200 text/html')).length).toBeGreaterThan(60)
})
afterAll(async () => {
  await reference.remove()
  rmSync(folder, { recursive: true, force: true })
})

interface Ended {
  readonly status: number | null
  readonly out: string
  readonly error: string
}

/** Runs a command to its end, or kills it as soon as `isDone` says so of what it has told. */
async function run(
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
  isDone: (told: string) => boolean = () => false,
): Promise<Ended> {
  const child: ChildProcess = spawn(process.execPath, [join(root, 'dist/cli.mjs'), ...words], {
    env: { PATH: process.env['PATH'], ...environment },
    cwd: folder,
  })
  let [out, error] = ['', '']
  child.stdout?.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  child.stderr?.on('data', (chunk: Buffer) => {
    error += chunk.toString()
    if (isDone(error)) child.kill('SIGKILL')
  })
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { status, out, error }
}

const told = (lines: number) => (text: string) => text.split('\n').length > lines

type Get = (
  path: string,
) => Promise<{ readonly status: number; readonly headers: { get(name: string): string | null }; text(): Promise<string> }>
const getFrom =
  (server: RunningServer): Get =>
  (path) =>
    fetch(server.url + path, { headers: { Accept: 'text/html' }, redirect: 'manual' })

/**
 * What a site answers at every address that readers have: first where demand is shown, which is then none, for whoever reads what
 * is not translated counts.
 */
async function everyAnswer(get: Get): Promise<ReadonlyMap<string, string>> {
  // A process reads the footer anew when it hears of a print by another.
  const pages = async () => new Set((await (await get('/en/')).text()).match(/(?<=<li><a href=")[^"]+(?="(?: lang="en")?>)/g))
  expect(await eventually(async () => (await pages()).isSupersetOf(new Set(settings.pages.map((id) => `/en/${id}`))))).toBe(true)
  const answers = new Map<string, string>()
  for (const path of readersAddresses.toSorted((one, other) => rank(one) - rank(other))) {
    const response = await get(path)
    answers.set(path, `${response.status} ${response.headers.get('Content-Type')}\n${await response.text()}`)
  }
  return answers
}

const rank = (path: string) => (path.endsWith('/translations') ? 0 : 1)

const { settings } = gatherKit(root)

/** The addresses at which a site answers otherwise than the one that was loaded locally. */
async function differing(get: Get): Promise<readonly string[]> {
  const there = await everyAnswer(get)
  return [...local].flatMap(([path, answer]) => (there.get(path) === answer ? [] : [path]))
}

/** How often each briefing was printed, the most first. */
const printsIn = (subjects: readonly string[]) =>
  [...Map.groupBy(subjects, (subject) => subject).values()].map(({ length }) => length).toSorted((one, other) => other - one)

/** One of the nine briefings is a draft, which is not printed. The six pages are printed. */
const once = Array.from({ length: 14 }, () => 1)

/** How often the sample site is loaded in vain before it is loaded: killed after so many lines of progress. */
const killedAfter = [1, 7, 10, 11, 13, 16]

/** What the last run then says: some were there, and some it loads. */
const goneOn = { changed: 0, new: expect.toSatisfy((count) => count > 0 && count < 15), briefings: { length: 15 } }

async function loadKilled(url: string, token: string): Promise<Ended> {
  const environment = { VERNACULAR_TOKEN: token }
  for (const lines of killedAfter) {
    expect((await run(['load', root, '--remote', url], environment, told(lines))).status).toBe(null)
  }
  return await run(['load', root, '--remote', url, '--json'], environment)
}

/** A Node server with nothing in it, and the tokens of those who work on it. */
async function startEmpty() {
  const server = await startServer({ SAMPLES: 'off', ORIGIN: origin })
  const tokenOf = async (...flags: readonly string[]) =>
    (await run(['people', 'token', 'add', '--name', 'A test', ...flags], server.environment)).out.trim()
  const rows = <Row>(sql: string) => inDatabase(server, (file) => file.prepare(sql).all() as Row[])
  return { ...server, tokenOf, rows }
}

const printed = `select subject from audit where act = 'printed'`

describe('load --remote, killed at several moments and run again', () => {
  test('ends in the same bytes at the Worker as a local load, and prints each briefing of readers once', async () => {
    const worker = await startWorker(origin, (settings) => settings)
    try {
      const site = await openSite(gatherKit(root), readConfig({ ORIGIN: origin }, sampleSettings))
      const live = { ...site, database: worker.database, now: () => new Date(), printed: () => {} }
      const { secret } = await grantToken(live, aGrant({ locales: 'all', mayEdit: true, mayPublish: true }), 'a test')
      const { status, out } = await loadKilled(worker.url, secret)
      expect([status, JSON.parse(out)]).toMatchObject([0, goneOn])
      // What a kill left saved and not printed, the site's schedule prints within a minute.
      await worker.worker.scheduled({ cron: '* * * * *' })
      expect(
        await differing((path) => worker.harness.fetch(origin + path, { headers: { Accept: 'text/html' }, redirect: 'manual' })),
      ).toEqual([])
      const rows = await worker.database.query.selectFrom('audit').select('subject').where('act', '=', 'printed').execute()
      expect(printsIn(rows.map(({ subject }) => subject))).toEqual(once)
    } finally {
      await worker.close()
    }
  })

  test('ends so at the Node server too, and says what a local load says', async () => {
    const server = await startEmpty()
    try {
      const token = await server.tokenOf('--all-locales', '--edit', '--publish')
      const { status, out } = await loadKilled(server.url, token)
      expect([status, JSON.parse(out)]).toMatchObject([0, goneOn])
      expect(await differing(getFrom(server))).toEqual([])
      expect(printsIn(server.rows<{ subject: string }>(printed).map(({ subject }) => subject))).toEqual(once)
      const again = await run(['load', root, '--remote', server.url, '--json'], { VERNACULAR_TOKEN: token })
      expect(JSON.parse(again.out)).toEqual(JSON.parse((await run(['load', root, '--json'], reference.environment)).out))
    } finally {
      await server.remove()
    }
  })
})

describe('with a site full of briefings', () => {
  let site: Awaited<ReturnType<typeof startEmpty>>
  let token: string
  let closing: (() => Promise<void>)[] = []
  beforeAll(async () => {
    site = await startEmpty()
    expect((await run(['load', root], site.environment)).status).toBe(0)
    token = await site.tokenOf('--locale', 'pl', '--write')
  })
  afterAll(async () => await site.remove())
  afterEach(async () => {
    for (const close of closing) await close()
    closing = []
  })

  /** The site behind a connection on which this goes wrong. */
  async function behind(faultOf: Parameters<typeof startFaults>[1]) {
    const faults = await startFaults(site.url, faultOf)
    closing.push(faults.close)
    return faults
  }

  const command = (...words: readonly string[]) => run(words, { VERNACULAR_TOKEN: token })
  const pathIn = (desk: string) => join(folder, desk, `locales/pl/briefings/${slug}.json`)
  const revision = () =>
    site.rows<{ revision: number }>(
      `select coalesce(saved_revision, revision) as revision from translation where locale = 'pl' and briefing_id = (select id from briefing where slug = '${slug}')`,
    )[0]?.revision ?? 0

  function edit(desk: string, text: string) {
    const file = JSON.parse(readFileSync(pathIn(desk), 'utf8')) as { segments: Record<string, string> }
    file.segments[title] = text
    writeFileSync(pathIn(desk), JSON.stringify(file))
  }

  test('two translators pull and push, and the second is told what is another, and loses nothing', async () => {
    for (const desk of ['ada', 'ben']) {
      const { status, out } = await command('pull', desk, '--remote', site.url)
      expect([status, out.endsWith('15 files: 15 pulled.\n')]).toEqual([0, true])
    }
    const before = revision()
    edit('ada', 'Brytyjski urząd, słowami Ady')
    edit('ben', 'Brytyjski urząd, słowami Bena')
    const first = await command('push', 'ada', '--remote', site.url)
    expect(first).toMatchObject({ status: 0, out: expect.stringContaining('14 unchanged, 1 pushed') })
    const ben = { VERNACULAR_TOKEN: await site.tokenOf('--locale', 'pl', '--write') }
    const second = await run(['push', 'ben', '--remote', site.url], ben)
    expect(second.status).toBe(1)
    expect(second.out).toContain(`made from revision ${before}, but the site is at ${before + 1}`)
    expect(readFileSync(pathIn('ben'), 'utf8')).toContain('słowami Bena')
    rmSync(pathIn('ben'))
    expect((await command('pull', 'ben', '--remote', site.url)).status).toBe(0)
    expect(readFileSync(pathIn('ben'), 'utf8')).toBe(readFileSync(pathIn('ada'), 'utf8'))
    edit('ben', 'Brytyjski urząd, słowami obojga')
    expect((await command('push', 'ben', '--remote', site.url)).status).toBe(0)
    expect(revision()).toBe(before + 2)
  })

  test('export writes the very files that it writes locally, and writes none of them again', async () => {
    const sees = await site.tokenOf('--locale', 'pl', '--gated')
    for (const format of ['xliff', 'po', 'json']) {
      const remote = await run(['export', 'pl', '--format', format, '--out', 'there', '--remote', site.url], {
        VERNACULAR_TOKEN: sees,
      })
      expect(remote).toMatchObject({ status: 0, out: expect.stringMatching(/^Wrote \d+ files? to there\/pl\.\n$/) })
      await run(['export', 'pl', '--format', format, '--out', 'here'], site.environment)
      const again = await run(['export', 'pl', '--format', format, '--out', 'there', '--remote', site.url, '--json'], {
        VERNACULAR_TOKEN: sees,
      })
      expect(JSON.parse(again.out)).toEqual({ files: [] })
      const files = readdirSync(join(folder, 'here/pl'))
        .filter((name) => !/^(site|newsroom)\./.test(name))
        .toSorted()
      expect(readdirSync(join(folder, 'there/pl')).toSorted()).toEqual(files)
      for (const name of files) {
        const [there, here] = ['there/pl', 'here/pl'].map((each) => readFileSync(join(folder, each, name), 'utf8'))
        expect(there).toBe(here)
      }
    }
  })

  test('import sends files with the receipts that it gives locally, and says of each that was refused why', async () => {
    await command('export', 'pl', slug, '--format', 'json', '--out', 'sent', '--remote', site.url)
    mkdirSync(join(folder, 'sent/pl'), { recursive: true })
    writeFileSync(join(folder, 'sent/pl/broken.xlf'), '<xliff')
    writeFileSync(join(folder, 'sent/pl/nothing.json'), readFileSync(join(folder, `sent/pl/${slug}.json`)))
    const { status, out } = await command('import', 'sent', '--remote', site.url)
    expect(status).toBe(1)
    expect(out).toMatch(/broken\.xlf: refused: Line 1/)
    expect(out).toMatch(/nothing\.json: refused: There is no briefing called nothing\./)
    expect(out).toMatch(new RegExp(`${slug}\\.json \\(pl, ${slug}\\): \\d+ unchanged\n`))
    const refused = await command('import', 'sent', '--state', 'approved', '--remote', site.url)
    expect(refused).toMatchObject({ status: 1, error: expect.stringContaining('--state does not work with --remote') })
  })

  test('a connection that breaks after the site has done the work has nothing done twice', async () => {
    const seen = new Set<string>()
    const { url, asked } = await behind(({ method, headers }): Fault => {
      const key = String(headers['idempotency-key'])
      if (method === 'GET' || seen.has(key)) return 'none'
      seen.add(key)
      return 'cut after it was done'
    })
    expect((await command('pull', 'cut', '--remote', url)).status).toBe(0)
    edit('cut', 'Brytyjski urząd, po przerwie')
    const before = revision()
    const { status, error } = await command('push', 'cut', '--remote', url)
    expect([status, error]).toEqual([0, expect.stringContaining('stopped in the middle of its answer. Trying again in')])
    expect(revision()).toBe(before + 1)
    expect(asked.filter((each) => each.startsWith('PUT'))).toHaveLength(2)
  })

  test('a slow line with connections that break carries everything', async () => {
    let count = 0
    const { url } = await behind((): Fault => {
      count += 1
      return count % 5 === 0 ? 'cut before' : 'slow'
    })
    expect(await command('pull', 'slow', '--remote', url)).toMatchObject({ status: 0, out: expect.stringContaining('15 pulled') })
    expect(readFileSync(pathIn('slow'), 'utf8')).toBe(readFileSync(pathIn('cut'), 'utf8'))
  })

  test('what the operator’s page shows is so', async () => {
    const [, section = ''] = readFileSync(join(root, 'docs/operating.md'), 'utf8').split('### The command line, from elsewhere')
    const [, shown = ''] = /```sh\n(.*?)```/s.exec(section) ?? []
    const script = shown
      .replace('SITE=https://briefings.example', `SITE=${site.url}`)
      .replaceAll('npm run --silent vernacular --', `'${process.execPath}' '${join(root, 'dist/cli.mjs')}'`)
    expect(script).not.toBe(shown)
    const env = { PATH: process.env['PATH'], ...site.environment }
    const out = execFileSync('bash', ['-euc', script], { cwd: folder, env, encoding: 'utf8', stdio: 'pipe' })
    expect(out).toMatch(/15 files: 15 pulled\.\n15 files: 15 unchanged\.\n$/)
  })

  test('says where translations stand, as the site itself does, in the languages of the token', async () => {
    const asking = { VERNACULAR_TOKEN: await site.tokenOf('--locale', 'pl', '--gated') }
    const there = await run(['status', '--locale', 'pl_PL', '--remote', site.url], asking)
    expect([there.status, there.error]).toEqual([0, ''])
    const here = await run(['status', '--locale', 'pl'], site.environment)
    const tableOf = (out: string) => out.split('\n').filter((line) => / {2}pl {2}|^briefing /.test(line))
    expect(tableOf(there.out).length).toBeGreaterThan(5)
    expect(tableOf(there.out)).toEqual(tableOf(here.out))
    const press = { VERNACULAR_TOKEN: await site.tokenOf('--locale', 'pl', '--write', '--publish') }
    const scheduled = await run(['withdraw', slug, 'pl', '--at', '2099-01-01T09:00Z', '--remote', site.url, '--json'], press)
    const { release } = (JSON.parse(scheduled.out) as { readonly scheduled: { readonly release: string } }).scheduled
    expect((await run(['status', '--remote', site.url], press)).out).toContain(`${release}  scheduled  ${slug}  withdraw pl`)
    expect((await run(['status', '--remote', site.url], asking)).out).not.toContain(release)
    expect((await run(['releases', 'cancel', release, '--remote', site.url], press)).status).toBe(0)
    const rows = JSON.parse((await run(['status', '--remote', site.url, '--json'], asking)).out) as readonly {
      readonly locale: string
    }[]
    expect([...new Set(rows.map(({ locale }) => locale))]).toEqual(['pl'])
    expect((await run(['status', '--locale', 'es', '--remote', site.url], asking)).error).toMatch(
      /no access to es\..* --locale es$/m,
    )
  })

  test('what is pushed is saved, and readers get it by --publish or publish, from a token that may', async () => {
    const readersHave = async () => await (await fetch(`${site.url}/pl/briefings/${slug}.json`)).text()
    const hint = `Saved, not published. To give it to readers: publish ${slug} pl --remote ${site.url}\n`
    const publisher = { VERNACULAR_TOKEN: await site.tokenOf('--locale', 'pl', '--write', '--publish') }
    expect((await command('pull', 'press', '--remote', site.url)).status).toBe(0)
    edit('press', 'Microsoft i Mistral: tytuł pierwszy')
    const { out: receipt } = await command('push', 'press', '--remote', site.url)
    expect(receipt).toMatch(/: pushed\n/)
    expect(receipt).toContain(`  ${hint}`)
    expect(await readersHave()).not.toContain('Microsoft i Mistral: tytuł pierwszy')
    expect((await command('publish', slug, 'pl', '--remote', site.url)).error).toMatch(
      /may save texts, but not publish them\. .*made without --publish\. .*--locale pl --write --publish$/m,
    )
    for (const act of [
      ['publish', slug],
      ['publish', slug, 'en', 'pl'],
      ['take-back', slug],
    ]) {
      const { error } = await run([...act, '--remote', site.url], publisher)
      expect(error).toMatch(/no access to the English\. The token was made without --edit\. .* --edit --publish$/m)
    }
    expect((await run(['publish', slug, 'es', '--remote', site.url], publisher)).error).toMatch(
      /without this --locale\. .*--locale es --write --publish$/m,
    )
    expect((await run(['publish', slug, 'pl', '--remote', site.url], publisher)).out).toBe(`${slug}: published in pl.\n`)
    expect(await readersHave()).toContain('Microsoft i Mistral: tytuł pierwszy')

    expect((await command('pull', 'press', '--remote', site.url)).status).toBe(0)
    edit('press', 'Microsoft i Mistral: tytuł drugi')
    expect((await command('push', 'press', '--publish', '--remote', site.url)).error).toMatch(
      /made without --publish\. .*--locale es --write --publish/,
    )
    expect(await run(['push', 'press', '--publish', '--remote', site.url], publisher)).toMatchObject({
      status: 0,
      out: expect.not.stringContaining('not published'),
    })
    expect(await readersHave()).toContain('Microsoft i Mistral: tytuł drugi')

    await command('export', 'pl', slug, '--format', 'json', '--out', 'press-sent', '--remote', site.url)
    const sent = join(folder, `press-sent/pl/${slug}.json`)
    writeFileSync(
      sent,
      readFileSync(sent, 'utf8').replace('Microsoft i Mistral: tytuł drugi', 'Microsoft i Mistral: tytuł trzeci'),
    )
    expect((await command('import', sent, '--remote', site.url)).out).toContain(`1 accepted`)
    expect(await readersHave()).toContain('Microsoft i Mistral: tytuł drugi')
    expect((await run(['import', sent, '--publish', '--remote', site.url], publisher)).out).toMatch(
      /\(pl, .*\): \d+ unchanged\n {2}Published\.\n$/,
    )
    expect(await readersHave()).toContain('Microsoft i Mistral: tytuł trzeci')
    expect((await run(['publish', slug, 'pl', '--by', 'ada@example.org', '--remote', site.url], publisher)).error).toContain(
      '--by does not work with --remote',
    )
  })

  test('a briefing is published, withdrawn and taken back from elsewhere, once, whatever breaks', async () => {
    const editor = { VERNACULAR_TOKEN: await site.tokenOf('--all-locales', '--edit', '--publish') }
    const other = 'microsoft-ai-access-principles'
    const status = async (locale: string) => {
      const response = await fetch(`${site.url}/${locale}/briefings/${other}.json`)
      return response.status === 200
        ? ((await response.json()) as { resolution: { served: string } }).resolution.served
        : response.status
    }
    const seen = new Set<string>()
    const { url, asked } = await behind(({ headers }): Fault => {
      const key = String(headers['idempotency-key'])
      if (key === 'undefined' || seen.has(key)) return 'none'
      seen.add(key)
      return 'cut after it was done'
    })
    const act = async (...words: readonly string[]) => (await run([...words, '--remote', url], editor)).out
    expect(await status('pl')).toBe('pl')
    expect(await act('withdraw', other, 'pl', '--dry-run')).toBe(
      `${other}: would be withdrawn in pl.\nDry run: nothing was changed.\n`,
    )
    expect(await status('pl')).toBe('pl')
    expect(await act('withdraw', other, 'pl')).toBe(`${other}: withdrawn in pl.\n`)
    expect(await status('pl')).toBe('en')
    expect(await act('take-back', other, '--why', 'Its source was wrong.')).toBe(`${other}: taken back in every language.\n`)
    expect([await status('pl'), await status('es')]).toEqual([410, 410])
    expect(JSON.parse(await act('publish', other, '--json'))).toEqual({
      slug: other,
      locales: ['en'],
      isPublic: true,
      isTrial: false,
    })
    expect(await act('publish', other, 'en', 'pl')).toBe(`${other}: published in pl.\nReaders have the newest in en already.\n`)
    expect([await status('pl'), await status('es')]).toEqual(['pl', 'es'])
    expect(asked.filter((each) => each.startsWith('POST') && !each.includes('dry-run=true'))).toHaveLength(8)

    const why = ['--why', 'A person in it asked for it.']
    expect(await act('remove', other, ...why)).toMatch(/would be removed for good, with all of it; translations into .*pl/)
    expect(await status('pl')).toBe('pl')
    expect(await act('remove', other, ...why, '--yes')).toMatch(/: removed for good, with all of it; translations into .*pl/)
    expect([await status('pl'), await status('es')]).toEqual([410, 410])
  })

  test('what is no such site is told from one, and the token goes nowhere else', async () => {
    for (const [fault, sentence] of [
      ['page', /does not answer like the API of a site of this kind/],
      [
        'redirect',
        /redirects elsewhere \(308\)\. The token is not sent there\. If https:\/\/www\.briefings\.example is the site/,
      ],
    ] as const) {
      const { url, asked } = await behind(() => fault)
      const { status, error } = await command('pull', 'nothing', '--remote', url)
      expect([status, error]).toEqual([1, expect.stringMatching(sentence)])
      expect(error.split('\n')).toHaveLength(2)
      expect(asked).toHaveLength(1)
    }
  })

  test('a site that stalls is left after a while', async () => {
    const { url } = await behind(() => 'stall')
    const client = openClient(url, token, { timeout: 200, wait: async () => {} })
    await expect(client.ask('listLocales', {})).rejects.toThrow(`${url} did not answer within 0.2 seconds.`)
  })

  test('a token that is missing, wrong, or does not reach far enough is told of with the flags that it is made with', async () => {
    const load = ['load', root, '--remote', site.url]
    const cases = [
      [{}, /^Set VERNACULAR_TOKEN to an access token .*people token add --name 'My machine' --all-locales --edit --publish/],
      [{ VERNACULAR_TOKEN: 'hunter2' }, /VERNACULAR_TOKEN: This must be an access token/],
      [{ VERNACULAR_TOKEN: `vern_${'A'.repeat(43)}` }, /does not accept the token in VERNACULAR_TOKEN/],
      [{ VERNACULAR_TOKEN: token }, /made without --edit\. .*--all-locales --edit --publish/],
    ] as const
    for (const [environment, sentence] of cases) {
      const { status, error } = await run(load, environment)
      expect([status, error]).toEqual([1, expect.stringMatching(sentence)])
      expect(error).not.toContain('hunter2')
    }
    expect((await command('pull', 'x', '--locale', 'es', '--remote', site.url)).error).toMatch(
      /gives no access to es\. .*--locale es/,
    )
    expect((await command('load', '--edge', 'local', '--remote', site.url)).error).toMatch(/two databases/)
    expect((await command('pull', 'x', '--remote', 'http://briefings.example')).error).toMatch(/Use https:\/\/briefings\.example/)
  })
})
