import { defineCommand } from 'citty'
import { openLocales } from '../../language/locale'
import { visibleLine } from '../../language/text'
import { addPerson, personOf, removePerson, roleIn, setRole, setTier } from '../../members/administer'
import { memberships } from '../../members/membership'
import { type Person, type Role, type RoleName, roleNames } from '../../members/person'
import { listPeople } from '../../members/person-store'
import type { LiveSite } from '../../site'
import { addressIn, asJson, byCommandLine, everyNamed, say, where, withSite } from './open'
import { tokenCommand } from './token'

const address = { type: 'positional', required: true, description: 'Their e-mail address' } as const

const addCommand = defineCommand({
  meta: {
    name: 'add',
    description: 'Add a person, such as the first editor of a new site; they sign in by a link in their mail',
  },
  args: {
    address,
    locale: { type: 'string', description: 'The language in which they are written to (default: the source language)' },
    tier: { type: 'string', description: `What they may open: ${memberships.join(' or ')} (default: circle)` },
    role: { type: 'string', description: 'editor, or translator:es, or reviewer:all; say it again for another' },
    ...where,
    ...asJson,
  },
  run: ({ args, rawArgs }) =>
    withSite(args.edge as string | undefined, async (site) => {
      const { locales } = site
      const locale = args.locale ?? locales.source
      const open = openLocales(locales)
      if (!open.includes(locale)) throw new Error(`${locale} is not a language of this site: there are ${open.join(', ')}.`)
      const newcomer = {
        address: addressIn(args.address),
        locale,
        tier: tierIn(args.tier ?? 'circle'),
        roles: everyNamed(rawArgs, 'role').map((typed) => {
          const [, name = '', of] = /^([^:]*)(?::(.*))?$/s.exec(typed) ?? []
          return roleIn(locales, name, of)
        }),
      }
      const person = await addPerson(site, newcomer, byCommandLine)
      if (!person) {
        throw new Error(
          `${newcomer.address} is somebody's address already: \`people role\` and \`people tier\` change what they may do.`,
        )
      }
      say(args.json ? JSON.stringify(person) : `Added ${lineOf(person)}. They sign in at ${site.config.origin}/sign-in.`)
    }),
})

const roleCommand = defineCommand({
  meta: { name: 'role', description: 'Give a person a role, or take it from them; it holds from their next request on' },
  args: {
    address,
    change: { type: 'positional', required: true, description: 'give or take' },
    role: { type: 'positional', required: true, description: roleNames.join(', ') },
    locale: { type: 'string', description: 'The language that a translator or a reviewer works in, such as es' },
    'all-locales': { type: 'boolean', description: 'They work in every language' },
    ...where,
    ...asJson,
  },
  run: ({ args }) =>
    withSite(args.edge as string | undefined, async (site) => {
      if (args.change !== 'give' && args.change !== 'take') throw new Error('Say whether to give or to take the role.')
      const isAll = args['all-locales'] === true
      if (isAll && args.locale !== undefined) throw new Error('Say --locale or --all-locales, not both.')
      const role = roleIn(site.locales, args.role, isAll ? 'all' : args.locale)
      const isGiven = args.change === 'give'
      const { id, address } = await personOf(site, addressIn(args.address))
      const isChanged = await setRole(site, id, role, isGiven, byCommandLine)
      const now = isGiven ? 'is now' : 'is no longer'
      const already = isGiven ? 'is already' : 'is not'
      if (args.json) say(visibleLine(JSON.stringify({ id, role, isGiven, isChanged })))
      else say(`${address} ${isChanged ? now : already} ${inWords(role)}.`)
    }),
})

const tierCommand = defineCommand({
  meta: { name: 'tier', description: 'Say what a person may open; it holds from their next request on' },
  args: {
    address,
    tier: { type: 'positional', required: true, description: memberships.join(' or ') },
    ...where,
    ...asJson,
  },
  run: ({ args }) =>
    withSite(args.edge as string | undefined, async (site) => {
      const tier = tierIn(args.tier)
      const { id, address } = await personOf(site, addressIn(args.address))
      const isChanged = await setTier(site, id, tier, byCommandLine)
      say(
        args.json
          ? JSON.stringify({ id, tier, isChanged })
          : `${address} ${isChanged ? 'now has' : 'already had'} the tier ${tier}.`,
      )
    }),
})

const removeCommand = defineCommand({
  meta: { name: 'remove', description: 'Remove a person with their roles, and sign them out everywhere' },
  args: {
    address,
    yes: { type: 'boolean', description: 'It is meant: there is no way back but a backup' },
    ...where,
    ...asJson,
  },
  run: ({ args }) =>
    withSite(args.edge as string | undefined, async (site) => {
      const person = await personOf(site, addressIn(args.address))
      if (args.yes !== true) throw new Error(`Nothing is removed: say --yes to remove ${lineOf(person)}.`)
      if (!(await removePerson(site, person, byCommandLine))) throw new Error(`${person.address} was removed meanwhile.`)
      say(args.json ? JSON.stringify({ removed: person }) : `Removed ${lineOf(person)}, and signed them out everywhere.`)
    }),
})

const listCommand = defineCommand({
  meta: { name: 'list', description: 'The people of the site, by address' },
  args: {
    role: { type: 'string', description: 'Only those who have this role, in any language' },
    tier: { type: 'string', description: `Only those of this tier: ${memberships.join(' or ')}` },
    ...where,
    ...asJson,
  },
  run: ({ args }) =>
    withSite(args.edge as string | undefined, async (site) => {
      const role = args.role === undefined ? undefined : roleNameIn(args.role)
      const tier = args.tier === undefined ? undefined : tierIn(args.tier)
      const isWanted = (person: Person) =>
        (tier === undefined || person.tier === tier) && (role === undefined || person.roles.some(({ name }) => name === role))
      let count = 0
      for await (const person of everyone(site)) {
        if (!isWanted(person)) continue
        // A list in JSON, written as it grows: people are never all held.
        say(args.json ? `${count === 0 ? '[' : ','}${visibleLine(JSON.stringify(person))}` : lineOf(person))
        count += 1
      }
      if (args.json) say(count === 0 ? '[]' : ']')
      else if (count === 0) say('There is nobody.')
    }),
})

/** Adds people, says what they may do, lists and removes them. */
export const peopleCommand = defineCommand({
  meta: { name: 'people', description: 'Who may do what: people, their roles and tiers, and the access tokens of programs' },
  subCommands: {
    add: addCommand,
    role: roleCommand,
    tier: tierCommand,
    token: tokenCommand,
    remove: removeCommand,
    list: listCommand,
  },
})

const readAtOnce = 500

async function* everyone({ database }: LiveSite): AsyncGenerator<Person> {
  for (let after: string | undefined = ''; after !== undefined; ) {
    const people: readonly Person[] = await listPeople(database, after, readAtOnce)
    yield* people
    after = people.at(-1)?.address
  }
}

function tierIn(typed: string): Person['tier'] {
  const tier = memberships.find((each) => each === typed)
  if (tier === undefined) throw new Error(`There is no tier ${visibleLine(typed)}: there are ${memberships.join(' and ')}.`)
  return tier
}

function roleNameIn(typed: string): RoleName {
  const role = roleNames.find((each) => each === typed)
  if (role === undefined) throw new Error(`There is no role ${visibleLine(typed)}: there are ${roleNames.join(', ')}.`)
  return role
}

const inWords = ({ name, locale }: Role) => (locale === 'all' ? name : `${name} for ${locale}`)

const lineOf = ({ id, address, locale, tier, roles }: Person) =>
  visibleLine([address, tier, locale, roles.map(inWords).sort().join(', ') || 'no role', id].join('  '))
