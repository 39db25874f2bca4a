import { join, resolve } from 'node:path'
import { isProblems, unfit } from '../briefings/files'
import { type NodeConfig, readNodeConfig } from '../config'
import type { Variables } from '../variables'
import { root } from './checkout'
import type { Given, SiteFolder } from './given'
import { readProgram } from './program'

/** The program of a checkout with its sample. Throws one error that names every file that is wrong. */
export function givenIn(root: string, program = readProgram(root)): Given {
  if (isProblems(program.sample)) throw unfit(program.sample)
  return { program, site: { folder: root, ...program.sample } }
}

/** How the Node door is configured for a site. Throws as `readConfig` does. */
export const nodeConfigOf = ({ folder, settings }: SiteFolder, variables: Variables): NodeConfig =>
  readNodeConfig(variables, settings, folder === root ? undefined : folder)

/** The folder that `SITE` names, or else the checkout, which has the sample. */
export const siteFolderIn = ({ SITE }: Variables): string => (typeof SITE === 'string' && SITE !== '' ? resolve(SITE) : root)

/**
 * The program with the site whose folder `SITE` names, or else with the sample, which is built in. Throws one error that names every file
 * that is wrong.
 */
export async function openGiven(variables: Variables): Promise<Given> {
  const program = readProgram(root)
  const folder = siteFolderIn(variables)
  if (folder === root) return givenIn(root, program)
  const { readSite } = await import('./read-site')
  return { program, site: { folder, ...readSite(folder, program) } }
}

/** Where the local database of the Worker is, if the site is not the sample: that one is where wrangler puts it. */
export const edgeFolderOf = ({ folder }: SiteFolder): string | undefined =>
  folder === root ? undefined : join(folder, 'data/edge')
