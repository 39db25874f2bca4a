import { notifyWaiting } from '../following/notify'
import { sendWaiting } from '../mail/send'
import { sendDigests } from '../newsletter/send-digests'
import { condense } from '../newsroom/condense'
import { draftOnSchedule } from '../newsroom/draft-waiting'
import { publishDue } from '../newsroom/publish-due'
import { deflatePlain } from '../printing/deflate-plain'
import { printAllWaiting, printWaiting } from '../printing/print-waiting'
import { emptyPictures } from '../sharing/card-store'
import { pingChanges } from '../sitemaps/ping'
import { deliverWaiting } from '../webhooks/deliver'
import type { Means } from './means'
import { prune } from './prune'
import { readersTable } from './readers-table'
import { type Door, type Opening, row, type Task } from './task'

const second = 1000
const minute = 60 * second

/**
 * The work beside the requests. A task can follow another. Node runs each at its interval and once at the start; Workers run all
 * of them each minute.
 */
export const table: readonly Opening[] = [
  row({
    name: 'release',
    every: 5 * second,
    isWaitedFor: true,
    most: { node: 50, worker: 10 },
    work: ({ site, log }, most) => publishDue(site, most, log),
  }),
  row({
    name: 'print',
    every: 30 * second,
    after: 'release',
    most: { node: 50, worker: 20 },
    work: ({ site, pause }, most) => (pause ? printAllWaiting(site, most, pause) : printWaiting(site, most)),
  }),
  row({
    name: 'notify',
    every: 5 * second,
    after: 'print',
    most: { node: 200, worker: 50 },
    work: async ({ site }, most) => site.config.features.following && (await notifyWaiting(site, most)),
  }),
  row({
    name: 'send-digests',
    every: 15 * second,
    after: 'notify',
    most: { node: 200, worker: 50 },
    work: async ({ site }, most) => site.config.features.newsletter && (await sendDigests(site, most)),
  }),
  row({
    name: 'send-mail',
    every: second,
    after: 'send-digests',
    isWaitedFor: true,
    most: { node: 50, worker: 50 },
    needs: ['mailer'],
    work: ({ site, ...post }, most) => sendWaiting(site, post, most),
  }),
  row({
    name: 'deliver',
    every: second,
    after: 'print',
    isWaitedFor: true,
    mayOverlap: true, // A slow endpoint delays the others no longer than until the next run.
    most: { node: 100, worker: 100 },
    needs: ['courier'],
    work: ({ site, courier, ...rest }, most) => deliverWaiting(site, { ...rest, ...courier }, most),
  }),
  row({
    name: 'deflate',
    every: 10 * second,
    most: { node: 100, worker: 100 },
    work: ({ site }, most) => deflatePlain(site, most),
  }),
  row({
    name: 'empty-pictures',
    every: 10 * second,
    most: { node: 50, worker: 200 },
    work: ({ site }, most) => emptyPictures(site.database, most),
  }),
  row({
    name: 'ping',
    every: minute,
    most: { node: 100, worker: 100 },
    needs: ['searchEngines'],
    work: async ({ site, searchEngines }, most) =>
      site.config.features.searchEngines && (await pingChanges(site, searchEngines, most)),
  }),
  row({
    name: 'draft',
    every: minute,
    most: { node: 50, worker: 3 },
    needs: ['drafting'],
    work: ({ site, log, drafting }, most) => draftOnSchedule(site, drafting.translator, drafting.machine, most, log),
  }),
  row({
    name: 'condense',
    every: 5 * second,
    most: { node: 1000, worker: 2000 },
    work: ({ site }, most) => condense(site, most),
  }),
  row({ name: 'prune', every: 60 * minute, work: ({ site }) => prune(site) }),
  ...readersTable,
]

/** The tasks of a door: those of the table for which it has the means. */
export const openTasks = (means: Means, door: Door): readonly Task[] => table.flatMap(({ open }) => open(means, door))
