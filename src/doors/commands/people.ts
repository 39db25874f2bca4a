import { ladderOf } from '../../briefings/ladder'
import { visibleLine } from '../../language/text'
import { addPerson, personOf, removePerson, roleIn, setRole, setTier } from '../../members/administer'
import { joinedBySigningIn, tierIn } from '../../members/membership'
import { type Person, type Role, roleNames } from '../../members/person'
import { listPeople } from '../../members/person-store'
import { Refusal } from '../../problem'
import type { LiveSite } from '../../site'
import { command, type Group } from '../command'
import { asJson, say, sayList } from '../report'
import { addressIn, byCommandLine, localeOf, where, withSite } from './open'
import { tokenCommand } from './token'

const address = { required: true, about: 'The person’s email address' } as const

const addCommand = command({
  name: 'add',
  about: 'Add a person, such as the first editor of a new site. They sign in with a link in an email',
  options: {
    locale: { type: 'text', about: 'The language of emails to them (default: the source language)' },
    tier: { type: 'text', about: 'What they may read: a tier of the site, or public (default: what signing in gives)' },
    role: { type: 'text', multiple: true, about: 'editor, or translator:es, or reviewer:all' },
    ...where,
  },
  positionals: { address },
  example: 'ada@example.org --locale es --role editor --role translator:es',
  run: (given) =>
    withSite(given.edge, async (site) => {
      const { locales, settings } = site
      const locale = localeOf(site, given.locale ?? locales.source)
      const newcomer = {
        address: addressIn(given.address),
        locale,
        tier: tierIn(ladderOf(settings.tiers), given.tier ?? joinedBySigningIn(settings.tiers)),
        roles: given.role.map((typed) => {
          const [, name = '', of] = /^([^:]*)(?::(.*))?$/s.exec(typed) ?? []
          return roleIn(locales, name, of)
        }),
      }
      const person = await addPerson(site, newcomer, byCommandLine)
      if (!person) throw new Refusal('person.known', { address: newcomer.address })
      say(given.json ? asJson(person) : `Added ${lineOf(person)}. They sign in at ${site.config.origin}/sign-in.`)
    }),
})

const roleCommand = command({
  name: 'role',
  about: 'Give a person a role, or take it away. This takes effect at their next request',
  options: {
    locale: { type: 'text', about: 'The language that a translator or a reviewer works in, such as es' },
    'all-locales': { type: 'flag', about: 'They work in every language' },
    ...where,
  },
  positionals: {
    address,
    change: { required: true, of: ['give', 'take'], about: 'What to do with the role' },
    role: { required: true, of: roleNames, about: 'Which role' },
  },
  example: 'ada@example.org give translator --locale pl',
  run: (given) =>
    withSite(given.edge, async (site) => {
      const isAll = given['all-locales']
      if (isAll && given.locale !== undefined) throw new Refusal('option.either', { one: '--locale', other: '--all-locales' })
      const role = roleIn(site.locales, given.role, isAll ? 'all' : given.locale)
      const isGiven = given.change === 'give'
      const { id, address } = await personOf(site, addressIn(given.address))
      const isChanged = await setRole(site, id, role, isGiven, byCommandLine)
      const now = isGiven ? 'now has' : 'no longer has'
      const already = isGiven ? 'already has' : 'does not have'
      if (given.json) say(asJson({ id, role, isGiven, isChanged }))
      else say(`${address} ${isChanged ? now : already} the role ${inWords(role)}.`)
    }),
})

const tierCommand = command({
  name: 'tier',
  about: 'Set what a person may read. This takes effect at their next request',
  options: where,
  positionals: { address, tier: { required: true, about: 'What they may read: a tier of the site, or public' } },
  example: 'ada@example.org public',
  run: (given) =>
    withSite(given.edge, async (site) => {
      const tier = tierIn(ladderOf(site.settings.tiers), given.tier)
      const { id, address } = await personOf(site, addressIn(given.address))
      const isChanged = await setTier(site, id, tier, byCommandLine)
      say(given.json ? asJson({ id, tier, isChanged }) : `${address} ${isChanged ? 'now has' : 'already had'} the tier ${tier}.`)
    }),
})

const removeCommand = command({
  name: 'remove',
  about: 'Remove a person and their roles, and sign them out everywhere',
  options: { yes: { type: 'flag', about: 'Confirm the removal. Only a backup can undo it' }, ...where },
  positionals: { address },
  example: 'ada@example.org --yes',
  run: (given) =>
    withSite(given.edge, async (site) => {
      const person = await personOf(site, addressIn(given.address))
      if (!given.yes) throw new Refusal('person.not-removed', { person: lineOf(person) })
      if (!(await removePerson(site, person, byCommandLine))) throw new Refusal('person.gone', { address: person.address })
      say(given.json ? asJson({ removed: person }) : `Removed ${lineOf(person)}, and signed them out everywhere.`)
    }),
})

const listCommand = command({
  name: 'list',
  about: 'List the people of the site by address',
  options: {
    role: { type: 'text', of: roleNames, about: 'Only those who have this role, in any language' },
    tier: { type: 'text', about: 'Only those of this tier' },
    ...where,
  },
  example: '--role translator',
  run: (given) =>
    withSite(given.edge, async (site) => {
      const { role } = given
      const tier = given.tier === undefined ? undefined : tierIn(ladderOf(site.settings.tiers), given.tier)
      const isWanted = (person: Person) =>
        (tier === undefined || person.tier === tier) && (role === undefined || person.roles.some(({ name }) => name === role))
      const count = await sayList(everyone(site, isWanted), { isJson: given.json, inLines: lineOf })
      if (count === 0 && !given.json) say('Nobody was found.')
    }),
})

/** Adds people, says what they may do, lists and removes them. */
export const peopleCommand: Group = {
  name: 'people',
  about: 'Manage people, their roles and tiers, and the access tokens of programs',
  commands: [addCommand, roleCommand, tierCommand, tokenCommand, removeCommand, listCommand],
}

const readAtOnce = 500

async function* everyone({ database }: LiveSite, isWanted: (person: Person) => boolean): AsyncGenerator<Person> {
  for (let after: string | undefined = ''; after !== undefined; ) {
    const people: readonly Person[] = await listPeople(database, after, readAtOnce)
    yield* people.filter(isWanted)
    after = people.at(-1)?.address
  }
}

const inWords = ({ name, locale }: Role) => (locale === 'all' ? name : `${name} for ${locale}`)

const lineOf = ({ id, address, locale, tier, roles }: Person) =>
  visibleLine([address, tier, locale, roles.map(inWords).sort().join(', ') || 'no role', id].join('  '))
