import { bindingMailer } from '../mail/email-binding'
import { openTranslator } from '../newsroom/machine-drafts'
import type { LiveSite } from '../site'
import { indexNow } from '../sitemaps/index-now'
import type { Drafting, Means } from '../tasks/means'
import { openTasks } from '../tasks/table'
import { attempt, runAll } from '../tasks/task'
import { readMachineConfig } from '../translations/machine/config'
import { httpCaller } from '../webhooks/http-caller'
import type { Environment } from './worker-environment'
import { log } from './worker-log'

/** What tasks work with on Workers: the site with the newsroom's database, and what is bound. */
export interface Working {
  readonly site: LiveSite
  readonly env: Environment
}

/** A Worker has six connections at a time. */
const endpointsAtOnce = 5

/** Runs each task once. Failures are logged and stop no other task. At the end the platform is informed of them. */
export async function runTasks(working: Working): Promise<void> {
  const { site, env } = working
  const failed = await runAll(openTasks({ ...meansOf(working), drafting: openDrafting(site, env) }, 'worker'), log)
  if (failed.length > 0) throw new Error(`These tasks failed: ${failed.join(', ')}.`)
}

/** Sends the mail that waits. */
export async function sendMailNow(working: Working): Promise<void> {
  for (const task of openTasks(meansOf(working), 'worker')) if (task.name === 'send-mail') await attempt(task, log)
}

/** The means of the tasks, by what is bound and configured. */
function meansOf({ site, env: { EMAIL } }: Working): Means {
  const { origin, mailFrom, indexNow: engines } = site.config
  return {
    site,
    log,
    mailer: EMAIL && bindingMailer(EMAIL, mailFrom, origin),
    courier: { caller: httpCaller(origin), atOnce: endpointsAtOnce },
    searchEngines: engines && indexNow(engines.url, engines.key, origin),
  }
}

/** The translator that drafts by itself, if there is one. An error in its configuration is only logged, because readers do not depend on it. */
function openDrafting({ locales }: LiveSite, env: Environment): Drafting | undefined {
  try {
    const machine = readMachineConfig({ ...env }, locales)
    const translator = openTranslator(machine, env.AI)
    return translator && { translator, machine }
  } catch (error) {
    log({ level: 'error', task: 'draft', error: String(error) })
    return undefined
  }
}
