import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { PageCache } from '../../src/delivery/page-cache'
import { Tally } from '../../src/demand/demand'
import { openSchedule } from '../../src/doors/node-schedule'
import { readIntervals } from '../../src/tasks/intervals'
import type { Means } from '../../src/tasks/means'
import { openTasks, table } from '../../src/tasks/table'
import { runAll, type Task, type TaskName, taskNames } from '../../src/tasks/task'
import { aBriefing } from '../support/briefings'
import { aMachine } from '../support/machines'
import { openNewsroom } from '../support/newsroom'

type Entry = Readonly<Record<string, unknown>>

/** A task whose runs end when the test says so. */
function aTask(name: TaskName, more: Partial<Task> = {}) {
  const ends: (() => void)[] = []
  const run = vi.fn(() => new Promise<void>((resolve) => ends.push(resolve)))
  return { task: { name, every: 1000, run, ...more }, runs: () => run.mock.calls.length, end: () => ends.shift()?.() }
}

const failing = (name: TaskName, after?: TaskName): Task => ({
  name,
  every: 1000,
  ...(after ? { after } : {}),
  run: async () => {
    throw new Error(`${name} is broken`)
  },
})

describe('the table of tasks', () => {
  test('has each name once, and each task behind the one that it comes after', () => {
    expect(table.map(({ name }) => name).toSorted()).toEqual([...taskNames].toSorted())
    const isBehind = ({ name, after }: { name: TaskName; after?: TaskName }) =>
      after === undefined || table.findIndex((each) => each.name === after) < table.findIndex((each) => each.name === name)
    expect(table.filter((each) => !isBehind(each))).toEqual([])
    expect(table.some(({ after }) => after === table.find(({ name }) => name === after)?.name)).toBe(true)
  })

  test('gives a door the tasks that it has the means for, and no other', async () => {
    const { site } = await openNewsroom()
    const bare: Means = { site, log: () => {} }
    const names = (means: Means) => openTasks(means, 'node').map(({ name }) => name)
    expect(names(bare)).toEqual(['release', 'print', 'notify', 'send-digests', 'deflate', 'empty-pictures', 'condense', 'prune'])
    const machine = { url: 'https://example.org', key: undefined, locales: [], withGated: false }
    const means = {
      mailer: { send: async () => {} },
      courier: { caller: { call: async () => ({ status: 200, line: '', retryAfter: null }) }, atOnce: 1 },
      searchEngines: { ping: async () => {} },
      drafting: { translator: aMachine(), machine },
      tally: new Tally(1),
      pages: new PageCache(0),
    }
    for (const [name, has] of [
      ['send-mail', 'mailer'],
      ['deliver', 'courier'],
      ['ping', 'searchEngines'],
      ['draft', 'drafting'],
      ['count-views', 'tally'],
      ['check-cache', 'pages'],
    ] as const)
      expect(names({ ...bare, [has]: means[has] })).toEqual(
        names({ ...bare, ...means }).filter((each) => each === name || names(bare).includes(each)),
      )
    expect(names({ ...bare, ...means })).toHaveLength(14)
  })

  test('prints twenty briefings in a run on Workers, and on Node all that wait, between which readers have their turn', async () => {
    const { site, database, load, clock } = await openNewsroom()
    const ids = Array.from({ length: 72 }, (_, index) => `b${index}`)
    await load(...ids.map((id) => ({ briefing: aBriefing({ id, slug: id, publishedAt: '2026-02-01T00:00:00Z' }) })))
    const printed = async () => (await database.query.selectFrom('edition').select('briefing_id').distinct().execute()).length
    const print = (means: Means, door: 'node' | 'worker') =>
      openTasks(means, door)
        .find(({ name }) => name === 'print')
        ?.run()
    const bare = { site, log: () => {} }
    await print(bare, 'worker')
    expect(await printed()).toBe(0)
    clock.now = '2026-03-01T00:00:00Z'
    await print(bare, 'worker')
    expect(await printed()).toBe(20)
    const seen: number[] = []
    const pause = async () => {
      seen.push(await printed())
    }
    await print({ ...bare, pause }, 'node')
    expect(seen).toEqual([20, 70, 72])
  })

  test('drops cached pages once another process has printed', async () => {
    const { site, load } = await openNewsroom()
    const pages = new PageCache(1_000_000)
    const check = async () => {
      await openTasks({ site, log: () => {}, pages }, 'node')
        .find(({ name }) => name === 'check-cache')
        ?.run()
      return pages.find('/') !== undefined
    }
    pages.keep('/', { headers: {}, etag: '', body: new Uint8Array(1), coded: new Map() })
    expect([await check(), await check()]).toEqual([true, true])
    await load({ briefing: aBriefing() })
    expect(await check()).toBe(false)
  })
})

describe('tasks that run one after another', () => {
  test('wait for the one before them, however that ends, and keep nothing else from running', async () => {
    const logged: Entry[] = []
    const [notify, ping] = [aTask('notify', { after: 'print' }), aTask('ping')]
    const print = aTask('print')
    const digests = failing('send-digests', 'notify')
    const mail = aTask('send-mail', { after: 'send-digests' })
    const all = runAll([print.task, notify.task, digests, mail.task, ping.task, failing('draft')], (entry) => logged.push(entry))
    expect([print.runs(), notify.runs(), ping.runs()]).toEqual([1, 0, 1])
    print.end()
    await vi.waitFor(() => expect(notify.runs()).toBe(1))
    expect(mail.runs()).toBe(0)
    notify.end()
    await vi.waitFor(() => expect(mail.runs()).toBe(1))
    mail.end()
    ping.end()
    expect(await all).toEqual(['send-digests', 'draft'])
    expect(logged).toMatchObject([
      { level: 'error', task: 'draft', error: 'Error: draft is broken', stack: expect.any(String) },
      { level: 'error', task: 'send-digests', error: 'Error: send-digests is broken' },
    ])
  })
})

describe('tasks at intervals', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setImmediate'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('run at the start and at their interval, or at the one that the operator gave, and never twice at the same time', async () => {
    const [slow, quick, calls] = [aTask('print'), aTask('notify'), aTask('deliver', { mayOverlap: true })]
    openSchedule([slow.task, quick.task, calls.task], { notify: 100 }, () => {})
    const countsIn = async (milliseconds: number) => {
      await vi.advanceTimersByTimeAsync(milliseconds)
      return [slow.runs(), quick.runs(), calls.runs()]
    }
    expect(await countsIn(1)).toEqual([1, 1, 1])
    quick.end()
    expect(await countsIn(100)).toEqual([1, 2, 1])
    expect(await countsIn(1900)).toEqual([1, 2, 3])
    slow.end()
    expect(await countsIn(1000)).toEqual([2, 2, 4])
  })

  test('go on after a failure, which is logged with the name of the task', async () => {
    const logged: Entry[] = []
    openSchedule([failing('prune')], {}, (entry) => logged.push(entry))
    await vi.advanceTimersByTimeAsync(1001)
    expect(logged.map(({ level, task }) => [level, task])).toEqual([
      ['error', 'prune'],
      ['error', 'prune'],
    ])
  })

  test('end with a stop, which waits for mail under way and for nothing else', async () => {
    const [mail, print] = [aTask('send-mail', { isWaitedFor: true }), aTask('print')]
    const schedule = openSchedule([mail.task, print.task], {}, () => {})
    await vi.advanceTimersByTimeAsync(1)
    let hasEnded = false
    const ended = schedule.end().then(() => {
      hasEnded = true
    })
    await vi.advanceTimersByTimeAsync(5000)
    expect([hasEnded, mail.runs(), print.runs()]).toEqual([false, 1, 1])
    mail.end()
    await ended
    expect(hasEnded).toBe(true)
  })
})

describe('TASK_INTERVALS', () => {
  test('is a list of tasks with milliseconds', () => {
    expect(readIntervals({ TASK_INTERVALS: 'print=60000,send-mail=50' })).toEqual({ print: 60_000, 'send-mail': 50 })
    expect(readIntervals({})).toEqual({})
    expect(readIntervals({ TASK_INTERVALS: '' })).toEqual({})
    expect(readIntervals({ TASK_INTERVALS: 'render-cards=1000,print=60000' })).toMatchObject({ print: 60_000 }) // Once a task.
  })

  test.each([
    'print',
    'print=',
    'print=soon',
    'print=5',
    'publish=1000',
    'print=1000,',
    'print=1000;notify=50',
    'all=50',
    'print=-50',
  ])('refuses %s, and names the tasks there are', (value) => {
    expect(() => readIntervals({ TASK_INTERVALS: value })).toThrow(
      /TASK_INTERVALS: Give each task an interval of at least 10 milliseconds, .*print, notify, .*check-cache/,
    )
  })
})
