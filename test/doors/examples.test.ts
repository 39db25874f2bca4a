import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { taskNames } from '../../src/tasks/task'
import { vernacular } from '../support/command'
import { allCommands } from '../support/commands'
import { scheduleExample } from '../support/releases'
import { every, inDatabase, type RunningServer, root, startServer } from '../support/server'

let site: RunningServer
let agency: Server
let token: string

beforeAll(async () => {
  site = await startServer(every(3_600_000, ...taskNames))
  agency = createServer((_request, response) => response.writeHead(204).end())
  await new Promise<void>((resolve) => agency.listen(0, '127.0.0.1', resolve))
  const grant = ['people', 'token', 'add', '--name', 'The desk', '--all-locales', '--write', '--gated']
  token = vernacular(site.environment, ...grant).out.trim()
})
afterAll(async () => {
  agency.close()
  await site.remove()
})

const slug = 'uk-merger-case-microsoft-mistral'

const sql = (statement: string) => void inDatabase(site, (file) => file.exec(statement))

const addAda = () =>
  sql(`insert or ignore into person (id, address, locale, tier, joined_at)
    values ('ada', 'ada@example.org', 'es', 1, '2026-01-01T00:00:00.000Z')`)

function addComment() {
  addAda()
  sql(`insert or replace into comment (number, briefing_id, locale, person_id, name, text, sent_at)
    select 1, briefing.id, 'es', person.id, 'Ada', 'Gracias.', '2026-01-01T00:00:00.000Z'
    from briefing, person where briefing.slug = '${slug}' and person.address = 'ada@example.org'`)
}

function addEndpoint(disabledAt: string) {
  const url = `http://127.0.0.1:${(agency.address() as AddressInfo).port}/hook`
  sql(`insert or replace into webhook_endpoint (id, url, secret, events, locales, added_at, disabled_at, reason)
    values ('9d2c6a1e', '${url}', 'whsec_${'A'.repeat(32)}', '"all"', '"all"', '2026-01-01T00:00:00.000Z', ${disabledAt},
      ${disabledAt === 'null' ? 'null' : "'It took nothing for a day.'"})`)
}

/** What has to be there for an example, put there anew. */
const needs: Readonly<Record<string, () => void>> = {
  'people role': addAda,
  'people tier': addAda,
  'people remove': addAda,
  'people token revoke': () =>
    sql(`insert or replace into access_token (id, name, hash, locales, may_write, sees_gated, created_at)
      values ('4be0c713', 'Polish desk', '${'a'.repeat(64)}', '["pl"]', 0, 0, '2026-01-01T00:00:00.000Z')`),
  'reports close': () =>
    sql(`insert or replace into report (number, briefing_id, locale, segment, tier, kind, detail, text, text_locale, hash,
        source_revision, translation_revision, sent_at)
      select 1, id, 'es', 'title', 0, 'meaning', '', 'Título', 'es', '', 1, 1, '2026-01-01T00:00:00.000Z'
      from briefing where slug = '${slug}'`),
  'comments accept': addComment,
  'comments refuse': addComment,
  'releases cancel': () => void inDatabase(site, scheduleExample),
  backup: () => mkdirSync(join(site.folder, 'backups')),
  mark: () => writeFileSync(join(site.folder, 'earlier.json'), '{}'),
  push: () => run(`pull desk --locale pl --remote ${site.url}`),
  ...Object.fromEntries(
    ['remove', 'rotate', 'replay', 'test'].map((name) => [`webhooks ${name}`, () => addEndpoint('null')] as const),
  ),
  'webhooks enable': () => addEndpoint("'2026-01-01T00:00:00.000Z'"),
}

/** Gives a command as a shell does, in the folder of the site. */
const run = (line: string) =>
  new Promise<{ readonly status: number; readonly out: string; readonly error: string }>((resolve) => {
    const env = { PATH: process.env['PATH'], ...site.environment, VERNACULAR_TOKEN: token }
    const words = `'${process.execPath}' '${join(root, 'dist/cli.mjs')}' ${line}`
    execFile('bash', ['-c', words], { cwd: site.folder, env }, (error, out, told) =>
      resolve({ status: error ? Number(error.code) : 0, out, error: told }),
    )
  })

test.each(allCommands)('the example of `%s` does what it shows', async (path, { example }) => {
  await needs[path]?.()
  const line = `${path} ${example}`.replace('https://briefings.example', site.url)
  const { status, out, error } = await run(line)
  expect([line, status, error]).toEqual([line, 0, error])
  expect(out).not.toBe('')
})

test('what examples need is of commands that there are', () => {
  const paths = allCommands.map(([path]) => path)
  expect(Object.keys(needs).filter((path) => !paths.includes(path))).toEqual([])
})
