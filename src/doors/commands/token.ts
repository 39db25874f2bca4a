import type { Locales } from '../../language/locale'
import { visibleLine } from '../../language/text'
import { grantToken, revokeToken } from '../../members/administer'
import { type AccessToken, flawInName, type Grant, validityOf } from '../../members/token'
import { listTokens } from '../../members/token-store'
import { Refusal } from '../../problem'
import { command, type Group } from '../command'
import { asJson, say } from '../report'
import { byCommandLine, targetOf, where, withSite } from './open'

const addCommand = command({
  name: 'add',
  about: 'Make a token and show it once',
  options: {
    name: { type: 'text', required: true, about: 'What the token is for, or whose it is' },
    locale: { type: 'text', multiple: true, about: 'A language that the token gives access to, such as es' },
    'all-locales': { type: 'flag', about: 'The token gives access to every language' },
    write: { type: 'flag', about: 'The token may send translations, not only read them' },
    edit: { type: 'flag', about: 'The token may read and send the English, to load a whole site from elsewhere' },
    publish: { type: 'flag', about: 'The token may publish what it sends, and withdraw it' },
    members: { type: 'flag', about: 'The token may give people tiers whose entry is a call: for a payment system' },
    gated: { type: 'flag', about: 'The token may read texts for members' },
    expires: { type: 'number', from: 1, to: 3650, about: 'After how many days the token expires (default: never)' },
    ...where,
  },
  example: "--name 'Polish desk' --locale pl --write --expires 90",
  run: (given) =>
    withSite(given.edge, async (site) => {
      const grant: Grant = {
        name: nameIn(given.name),
        locales: localesIn(site.locales, given.locale, given['all-locales']),
        mayWrite: given.write,
        mayEdit: given.edit,
        mayPublish: given.publish,
        mayAdmit: given.members,
        seesGated: given.gated,
        expiresAt: expiryIn(given.expires, site.now()),
      }
      const { secret, token } = await grantToken(site, grant, byCommandLine)
      if (!given.json) process.stderr.write(`Token ${token.id} ${scopeOf(token)}. Keep it safe: it will not be shown again.\n`)
      say(given.json ? asJson({ ...token, secret }) : secret)
    }),
})

const listCommand = command({
  name: 'list',
  about: 'List the tokens: what each gives access to, and when it was last used',
  options: where,
  example: '',
  run: (given) =>
    withSite(given.edge, async ({ database, now }) => {
      const tokens = await listTokens(database)
      if (given.json) say(asJson(tokens))
      else if (tokens.length === 0) say('There are no tokens.')
      else for (const token of tokens) say(lineOf(token, now()))
    }),
})

const revokeCommand = command({
  name: 'revoke',
  about: 'Revoke a token, at once and for good',
  options: where,
  positionals: { id: { required: true, about: 'The id that `people token list` shows' } },
  example: '4be0c713',
  run: (given) =>
    withSite(given.edge, async (site) => {
      const { id } = given
      const isRevoked = await revokeToken(site, id, byCommandLine)
      if (!isRevoked) throw new Refusal('token.unknown', { id })
      say(given.json ? asJson({ revoked: id }) : `Token ${id} is revoked.`)
    }),
})

/** Makes, lists and revokes the access tokens of programs: a part of `people`. */
export const tokenCommand: Group = {
  name: 'token',
  about: 'Access tokens for programs that use the API',
  commands: [addCommand, listCommand, revokeCommand],
}

function nameIn(name: string): string {
  const flaw = flawInName(name)
  if (flaw !== undefined) throw new Refusal('problem.place', { place: '--name', problem: flaw })
  return name
}

/** The languages named by `--locale`, or all. One of the two is required. */
function localesIn(locales: Locales, named: readonly string[], isAll: boolean): Grant['locales'] {
  if (isAll === named.length > 0) throw new Refusal('token.reach')
  return isAll ? 'all' : named.map((typed) => targetOf({ locales }, typed))
}

const expiryIn = (days: number | undefined, now: Date): string | null =>
  days === undefined ? null : new Date(now.getTime() + days * 86_400_000).toISOString()

/** What a token gives access to, as the rest of a sentence. */
const scopeOf = ({ locales, mayWrite, mayEdit, mayPublish, mayAdmit, seesGated }: AccessToken) =>
  [
    inList(['reads', ...(mayWrite ? ['sends'] : []), ...(mayPublish ? ['publishes'] : [])]),
    inList([...(locales === 'all' ? ['all languages'] : locales), ...(mayEdit ? ['the English'] : [])]),
    seesGated || mayEdit ? 'with the texts for members' : 'without the texts for members',
    ...(mayAdmit ? ['and gives tiers'] : []),
  ].join(' ')

const inList = (items: readonly string[]) => new Intl.ListFormat('en-GB').format(items)

const lineOf = (token: AccessToken, now: Date) =>
  [
    token.id,
    validityOf(token, now).padEnd(7),
    `used ${token.lastUsedAt?.slice(0, 16) ?? 'never'}`.padEnd(21),
    `${visibleLine(token.name)}: ${scopeOf(token)}`,
    ...(token.expiresAt === null ? [] : [`until ${token.expiresAt.slice(0, 10)}`]),
  ].join('  ')
