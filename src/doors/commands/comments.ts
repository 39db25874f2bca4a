import { defineCommand } from 'citty'
import type { Decision, KeptComment } from '../../comments/comment'
import { listComments } from '../../comments/moderation-store'
import { visible } from '../../language/text'
import { decideOnComment } from '../../newsroom/moderate'
import { asJson, byCommandLine, everyOne, indented, numberOf, say, where, withSite } from './open'

const listedAtOnce = 200

const listArguments = {
  held: { type: 'boolean', description: 'Only those on which nobody has decided' },
  ...where,
  ...asJson,
} as const

const listCommand = defineCommand({
  meta: { name: 'list', description: 'What readers wrote to the editors, and what was decided on it' },
  args: listArguments,
  run: ({ args }) =>
    withSite(args.edge as string | undefined, async ({ database }) => {
      const all = await everyOne((after) => listComments(database, args.held === true, after, listedAtOnce))
      if (args.json) say(visible(JSON.stringify(all)))
      else say(all.map(inLines).join('\n\n') || 'There are no comments.')
    }),
})

/** The command that decides on one comment in one way. */
const decisionCommand = (name: string, state: Decision, description: string) =>
  defineCommand({
    meta: { name, description },
    args: {
      id: { type: 'positional', required: true, description: 'The number that `comments list` shows' },
      ...where,
      ...asJson,
    },
    run: ({ args }) =>
      withSite(args.edge as string | undefined, async (site) => {
        const number = numberOf(args.id)
        const isChanged = await decideOnComment(site, number, state, byCommandLine)
        if (!isChanged) throw new Error(`There is no comment ${number}, or it is ${state} already.`)
        say(args.json ? JSON.stringify({ [state]: number }) : `Comment ${number} is ${state}.`)
      }),
  })

/** Lists what readers wrote, and decides what is shown. */
export const commentsCommand = defineCommand({
  meta: { name: 'comments', description: 'What readers wrote to the editors: list, accept, refuse' },
  args: listArguments,
  subCommands: {
    list: listCommand,
    accept: decisionCommand('accept', 'accepted', 'Show a comment to readers'),
    refuse: decisionCommand('refuse', 'refused', 'Do not show a comment, or show it no more'),
  },
  default: 'list',
})

function inLines({ number, sentAt, state, locale, slug, name, text }: KeptComment): string {
  const head = [number, sentAt.slice(0, 16), state, locale, slug, name === '' ? 'A reader' : name]
  return [visible(head.join('  ')), indented('says', text)].join('\n')
}
