import { execFile } from 'node:child_process'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningServer, root, startServer } from '../support/server'

const page = '/es/briefings/microsoft-ai-access-principles'
let server: RunningServer
let database: SQLite.Database

beforeAll(async () => {
  server = await startServer({ COMMENTS: 'on' })
  database = new SQLite(server.environment['DATABASE_PATH'] ?? '')
})
afterAll(async () => {
  database.close()
  await server.remove()
})

/** Runs the command line beside the server, and lets connections to that live on meanwhile. */
function run(...words: string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  const env = { PATH: process.env['PATH'], ...server.environment }
  return new Promise((resolve) => {
    execFile(process.execPath, [join(root, 'dist/cli.mjs'), ...words], { env }, (error, stdout, stderr) =>
      resolve({ status: error ? Number(error.code) : 0, stdout, stderr }),
    )
  })
}

async function report(detail: string): Promise<number> {
  const body = new FormData()
  for (const [name, value] of Object.entries({ segment: 'title', kind: 'names', detail })) body.append(name, value)
  const headers = { Origin: server.environment['ORIGIN'] ?? '' }
  return (await fetch(`${server.url}${page}/report`, { method: 'POST', body, headers, redirect: 'manual' })).status
}

/** What a terminal would obey: every control but the end of a line, and what reorders it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: there is to be none.
const obeyed = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/

describe('at the command line', () => {
  test('a report is listed with whether its text has changed since, counted, and closed', async () => {
    expect((await run('reports')).stdout).toBe('There are no reports.\n')
    expect([await report('One.\nTwo.'), await report('Three.')]).toEqual([303, 303])
    database.prepare("update report set text = 'As it was.' where detail = 'Three.'").run()

    const { stdout } = await run('reports', '--locale', 'es', '--open')
    expect(stdout).toMatch(/^\d+ {2}[\dT:-]+ {2}open {2}es {2}microsoft-ai-access-principles {2}title {2}names or numbers$/m)
    expect(stdout).toMatch(/title {2}names or numbers {2}changed since\n {4}text: As it was\.\n {4}says: Three\.$/m)
    expect(stdout).toContain('    says: One.\n          Two.\n')
    expect((await run('reports', 'list', '--locale', 'fr')).stdout).toBe('There are no reports.\n')
    const all = JSON.parse((await run('reports', '--json')).stdout) as { number: number; since: string }[]
    expect(all.map(({ since }) => since)).toEqual(['unchanged', 'changed'])
    const open = async () =>
      (JSON.parse((await run('status', '--locale', 'es', '--json')).stdout) as { slug: string; reports: number }[]).reduce(
        (sum, { reports }) => sum + reports,
        0,
      )
    expect(await open()).toBe(2)

    const [first] = all
    expect((await run('reports', 'close', String(first?.number), '--as', 'declined')).stdout).toMatch(
      /is closed as declined\.\n$/,
    )
    expect(await run('reports', 'close', String(first?.number))).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('no open report'),
    })
    for (const typed of ['0', '-1', '1e3', 'x']) expect((await run('reports', 'close', typed)).status).toBe(1)
    expect((await run('reports', 'close', '2', '--as', 'forgotten')).status).not.toBe(0)
    expect(await open()).toBe(1)
    expect((await run('reports', '--open')).stdout).not.toContain('Two.')
  })

  test('a comment is shown once it is accepted, and no more once it is refused', async () => {
    database
      .prepare(
        "insert into person (id, address, locale, tier, joined_at) values ('ada', 'ada@example.com', 'es', 1, '2026-01-01')",
      )
      .run()
    const { id } = database.prepare("select id from briefing where slug = 'microsoft-ai-access-principles'").get() as {
      id: string
    }
    database
      .prepare(
        "insert into comment (briefing_id, locale, person_id, name, text, sent_at) values (?, 'es', 'ada', 'Ada', 'Hola.', '2026-01-01T00:00:00.000Z')",
      )
      .run(id)
    const shown = async () => (await (await fetch(`${server.url}${page}/comments`)).text()).includes('Hola.')
    const [{ number } = { number: 0 }] = JSON.parse((await run('comments', '--held', '--json')).stdout) as { number: number }[]
    expect((await run('comments')).stdout).toBe(
      `${number}  2026-01-01T00:00  held  es  microsoft-ai-access-principles  Ada\n    says: Hola.\n`,
    )
    expect(await shown()).toBe(false)
    expect((await run('comments', 'accept', String(number))).stdout).toBe(`Comment ${number} is accepted.\n`)
    expect(await shown()).toBe(true)
    expect((await run('comments', 'accept', String(number))).status).toBe(1)
    expect((await run('comments', '--held')).stdout).toBe('There are no comments.\n')
    expect((await run('comments', 'refuse', String(number))).stdout).toBe(`Comment ${number} is refused.\n`)
    expect(await shown()).toBe(false)
    const acts = database.prepare('select actor, act from audit where subject = ? order by number').all(`comment ${number}`)
    expect(acts).toEqual([
      { actor: 'command line', act: 'comment-accepted' },
      { actor: 'command line', act: 'comment-refused' },
    ])
  })

  test('nothing that readers wrote moves the terminal', async () => {
    const hostile = 'x\u001b[2J\u009b31m\u202e\u2066\r\u0007\u200fy'
    expect(await report('To be made hostile.')).toBe(303)
    database.prepare("update report set detail = @hostile, text = @hostile where detail = 'To be made hostile.'").run({ hostile })
    database.prepare('update comment set name = @hostile, text = @hostile').run({ hostile })
    for (const command of ['reports', 'comments']) {
      const { stdout } = await run(command)
      expect(stdout).toContain('x\\u001b[2J\\u009b31m\\u202e\\u2066\\u000d\\u0007\\u200fy')
      expect(stdout).not.toMatch(obeyed)
      const json = (await run(command, '--json')).stdout
      expect(json).not.toMatch(obeyed)
      expect((JSON.parse(json) as { text: string }[]).some(({ text }) => text === hostile)).toBe(true)
    }
  })
})
