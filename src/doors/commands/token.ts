import { defineCommand } from 'citty'
import type { Locales } from '../../language/locale'
import { visibleLine } from '../../language/text'
import { grantToken, revokeToken } from '../../members/administer'
import { type AccessToken, flawInName, type Grant, validityOf } from '../../members/token'
import { listTokens } from '../../members/token-store'
import { asJson, byCommandLine, everyNamed, say, targetOf, where, withSite } from './open'

const addCommand = defineCommand({
  meta: { name: 'add', description: 'Make a token and show it, this once' },
  args: {
    name: { type: 'string', required: true, description: 'What it is for, or whose it is' },
    locale: { type: 'string', description: 'A language whose translations it reaches, such as es; say it again for another' },
    'all-locales': { type: 'boolean', description: 'It reaches the translations into every language' },
    write: { type: 'boolean', description: 'It may send translations, not only read them' },
    edit: { type: 'boolean', description: 'It reads and sends the English: with it, whole sites are loaded from elsewhere' },
    gated: { type: 'boolean', description: 'It sees the texts that are for members' },
    expires: { type: 'string', description: 'After how many days it is worth nothing (default: never)' },
    ...where,
    ...asJson,
  },
  run: ({ args, rawArgs }) =>
    withSite(args.edge as string | undefined, async (site) => {
      const grant: Grant = {
        name: nameIn(args.name),
        locales: localesIn(site.locales, rawArgs, args['all-locales'] === true),
        mayWrite: args.write === true,
        mayEdit: args.edit === true,
        seesGated: args.gated === true,
        expiresAt: expiryIn(args.expires, site.now()),
      }
      const { secret, token } = await grantToken(site, grant, byCommandLine)
      if (!args.json) process.stderr.write(`Token ${token.id} ${scopeOf(token)}. Keep it safe: it is not shown again.\n`)
      say(args.json ? JSON.stringify({ ...token, secret }) : secret)
    }),
})

const listCommand = defineCommand({
  meta: { name: 'list', description: 'The tokens that were made: what each opens, when it was last used' },
  args: { ...where, ...asJson },
  run: ({ args }) =>
    withSite(args.edge as string | undefined, async ({ database, now }) => {
      const tokens = await listTokens(database)
      if (args.json) say(JSON.stringify(tokens))
      else if (tokens.length === 0) say('There are no tokens.')
      else for (const token of tokens) say(lineOf(token, now()))
    }),
})

const revokeCommand = defineCommand({
  meta: { name: 'revoke', description: 'Make a token worthless, at once and for good' },
  args: {
    id: { type: 'positional', required: true, description: 'The id that `people token list` shows' },
    ...where,
    ...asJson,
  },
  run: ({ args }) =>
    withSite(args.edge as string | undefined, async (site) => {
      const { id } = args
      const isRevoked = await revokeToken(site, id, byCommandLine)
      if (!isRevoked) throw new Error(`There is no token ${id}, or it is revoked already.`)
      say(args.json ? JSON.stringify({ revoked: id }) : `Token ${id} is revoked.`)
    }),
})

/** Makes, lists and revokes what programs are let in with: a part of `people`. */
export const tokenCommand = defineCommand({
  meta: { name: 'token', description: 'Access tokens for programs that use the API' },
  subCommands: { add: addCommand, list: listCommand, revoke: revokeCommand },
})

function nameIn(name: string): string {
  const flaw = flawInName(name)
  if (flaw !== undefined) throw new Error(`The name ${flaw}.`)
  return name
}

/** The languages named, each `--locale` one; or all. One of the two must be said. */
function localesIn(locales: Locales, rawArgs: string[], isAll: boolean): Grant['locales'] {
  const named = everyNamed(rawArgs, 'locale')
  if (isAll === named.length > 0) throw new Error('Say which languages it reaches: --locale es, or --all-locales.')
  return isAll ? 'all' : named.map((typed) => targetOf({ locales }, typed))
}

const daysMax = 3650

function expiryIn(days: string | undefined, now: Date): string | null {
  if (days === undefined) return null
  if (!/^\d{1,4}$/.test(days) || Number(days) < 1 || Number(days) > daysMax) {
    throw new Error(`--expires is a number of days, from 1 to ${daysMax}.`)
  }
  return new Date(now.getTime() + Number(days) * 86_400_000).toISOString()
}

/** What a token opens, as the rest of a sentence. */
const scopeOf = ({ locales, mayWrite, mayEdit, seesGated }: AccessToken) =>
  [
    mayWrite ? 'reads and sends' : 'reads',
    locales === 'all' ? 'all languages' : locales.join(', '),
    ...(mayEdit ? ['and the English'] : []),
    seesGated || mayEdit ? 'with the texts for members' : 'without the texts for members',
  ].join(' ')

const lineOf = (token: AccessToken, now: Date) =>
  [
    token.id,
    validityOf(token, now).padEnd(7),
    `used ${token.lastUsedAt?.slice(0, 16) ?? 'never'}`.padEnd(21),
    `${visibleLine(token.name)}: ${scopeOf(token)}`,
    ...(token.expiresAt === null ? [] : [`until ${token.expiresAt.slice(0, 10)}`]),
  ].join('  ')
