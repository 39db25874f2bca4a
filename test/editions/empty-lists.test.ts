import { describe, expect, test } from 'vitest'
import type { BriefingFile } from '../../src/briefings/briefing'
import { bareIn } from '../support/bare'
import { aBriefing } from '../support/briefings'
import { openNewsroom } from '../support/newsroom'

const empty = {
  organisations: [],
  keyPoints: [],
  sources: [],
  affectedAreas: [],
  watch: [],
  sections: [],
  linkedOrganisations: { access: 'public', notes: [] },
} satisfies Partial<BriefingFile>

/** Each form in which readers get a briefing. */
async function formsOf(changes: Partial<BriefingFile>) {
  const newsroom = await openNewsroom()
  const briefing = aBriefing(changes)
  await newsroom.load({ briefing })
  const read = (path: string) => newsroom.text(path)
  const feed = (await read('/en/feed.xml')).replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"')
  return { page: await read(`/en/briefings/${briefing.slug}`), feed, markdown: await read(`/en/briefings/${briefing.slug}.md`) }
}

const headings = ['Key points', 'Affected areas', 'What to watch', 'Sources', 'For members'] as const

describe('a briefing', () => {
  test('whose lists are empty has no heading above nothing, in any form', async () => {
    for (const text of Object.values(await formsOf(empty))) {
      expect(bareIn(text)).toEqual([])
      for (const each of headings) expect(text).not.toContain(each)
    }
  })

  test('that has lists has their headings', async () => {
    const forms = await formsOf({ watch: [{ id: 'tide', text: 'The next spring tide.' }] })
    for (const text of Object.values(forms)) {
      expect(headings.filter((each) => !text.includes(each))).toEqual([])
    }
  })

  test.each(['<h2>Empty</h2></section>', '<ul></ul>', '## Empty\n\n## Next', '## Empty\n\n<https://port.example>'])(
    '%j would be found',
    (text) => {
      expect(bareIn(text)).toHaveLength(1)
    },
  )
})
