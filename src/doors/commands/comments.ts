import type { Decision, KeptComment } from '../../comments/comment'
import { listComments } from '../../comments/moderation-store'
import { visible } from '../../language/text'
import { decideOnComment } from '../../newsroom/moderate'
import { Refusal } from '../../problem'
import { command, type Group } from '../command'
import { asJson, say } from '../report'
import { byCommandLine, everyOne, indented, numberOf, where, withSite } from './open'

const listedAtOnce = 200

const listCommand = command({
  name: 'list',
  about: 'List what readers wrote to the editors, and what was decided',
  options: { held: { type: 'flag', about: 'Only those that nobody has decided on' }, ...where },
  example: '--held',
  run: (given) =>
    withSite(given.edge, async ({ database }) => {
      const all = await everyOne((after) => listComments(database, given.held, after, listedAtOnce))
      if (given.json) say(asJson(all))
      else say(all.map(inLines).join('\n\n') || 'There are no comments.')
    }),
})

/** The command that decides on one comment in one way. */
const decisionCommand = (name: string, state: Decision, about: string) =>
  command({
    name,
    about,
    options: where,
    positionals: { number: { required: true, about: 'The number that `comments list` shows' } },
    example: '1',
    run: (given) =>
      withSite(given.edge, async (site) => {
        const number = numberOf(given.number)
        const isChanged = await decideOnComment(site, number, state, byCommandLine)
        if (!isChanged) throw new Refusal('comment.unknown', { number, state })
        say(given.json ? asJson({ [state]: number }) : `Comment ${number} is ${state}.`)
      }),
  })

/** Lists what readers wrote, and decides what is shown. */
export const commentsCommand: Group = {
  name: 'comments',
  about: 'List, accept and refuse readers’ comments to the editors',
  commands: [
    listCommand,
    decisionCommand('accept', 'accepted', 'Show a comment to readers'),
    decisionCommand('refuse', 'refused', 'Do not show a comment, or stop showing it'),
  ],
  otherwise: listCommand,
}

function inLines({ number, sentAt, state, locale, slug, name, text }: KeptComment): string {
  const head = [number, sentAt.slice(0, 16), state, locale, slug, name === '' ? 'Anonymous' : name]
  return [visible(head.join('  ')), indented('says', text)].join('\n')
}
