import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { BriefingFile } from '../../src/briefings/briefing'
import type { WholeBriefing } from '../support/briefings'
import { vernacular } from '../support/command'
import { root } from '../support/server'

const sample = JSON.parse(readFileSync(join(root, 'db/briefings/mistral-and-the-eu-ai-act.json'), 'utf8')) as WholeBriefing
const draft: BriefingFile = { ...sample, id: 'fig-harvest', slug: 'fig-harvest', formerSlugs: [], state: 'draft' }
const hint = 'Saved, not published. To give it to readers: publish fig-harvest en\n'

let folder: string
let mine: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vernacular-own-'))
  mine = join(folder, 'my')
  mkdirSync(mine)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const command = (...words: readonly string[]) => vernacular({ DATABASE_PATH: join(folder, 'site.db') }, ...words)

function write(briefing: object) {
  mkdirSync(join(mine, 'db/briefings'), { recursive: true })
  writeFileSync(join(mine, 'db/briefings/fig-harvest.json'), JSON.stringify(briefing))
}

function withPicture(file: string) {
  mkdirSync(join(mine, 'db/images'), { recursive: true })
  cpSync(join(root, 'db/images', sample.image.file), join(mine, 'db/images', file))
}

const documented = () => {
  const [, section = ''] = readFileSync(join(root, 'docs/operating.md'), 'utf8').split('#### Write a briefing')
  return JSON.parse(/```json\n(.*?)```/s.exec(section)?.[1] ?? '') as BriefingFile
}

describe('a folder of one’s own', () => {
  test('with the briefing of the guide is loaded, published and left unchanged by a second load', () => {
    const documentedHere = { ...documented(), image: { ...documented().image, file: sample.image.file } }
    write(documentedHere)
    withPicture(sample.image.file)
    expect(command('load', mine)).toMatchObject({ status: 0, out: '1 briefing: 1 new, 0 changed, 0 unchanged.\n' })
    expect(command('publish', 'fig-harvest', 'en')).toMatchObject({ status: 0, out: 'fig-harvest: published in en.\n' })
    expect(command('load', mine).out).toBe('1 briefing: 0 new, 0 changed, 1 unchanged.\n')
    write({ ...documentedHere, kind: 'fruit' })
    expect(command('load', mine).error).toMatch(/^db\/briefings\/fig-harvest\.json: kind: .*event/)
  })

  test('needs briefings and their pictures, and says so', () => {
    expect(command('load', mine)).toMatchObject({
      status: 1,
      out: '',
      error: `There is no file or folder ${join(mine, 'briefings')}.\n`,
    })
    write(draft)
    const { status, error } = command('load', mine)
    const missing = `There is no file db/images/${sample.image.file}. Add the image or name another.`
    expect([status, error]).toEqual([1, `db/briefings/fig-harvest.json: image.file: ${missing}\n`])
  })

  test('with a draft: load and status say that it is not published and how to publish it, until it is', () => {
    write(draft)
    withPicture(sample.image.file)
    for (const outcome of ['1 new, 0 changed, 0 unchanged', '0 new, 0 changed, 1 unchanged']) {
      const { out, error } = command('load', mine)
      expect(out).toBe(`1 briefing: ${outcome}.\n`)
      expect(error.endsWith(`\nfig-harvest: ${hint}`)).toBe(true)
    }
    expect(command('status').out.endsWith(`\nfig-harvest: ${hint}`)).toBe(true)
    expect(command('publish', 'fig-harvest', 'en').status).toBe(0)
    expect(command('status').out).not.toContain('not published')
    expect(command('load', mine).error).not.toContain('not published')
    expect(command('take-back', 'fig-harvest', '--why', 'It was wrong').status).toBe(0)
    expect(command('status').out).not.toContain('not published')
  })

  test('with a picture that the site does not have is refused, and told where to put it', () => {
    write({ ...draft, image: { ...draft.image, file: 'figs.svg' } })
    withPicture('figs.svg')
    const { status, out, error } = command('load', mine)
    expect([status, out]).toEqual([1, ''])
    expect(error).toContain(
      'db/briefings/fig-harvest.json: image.file: Only your folder has the picture figs.svg, and this site cannot show it yet. Copy it into the images of the site’s own folder',
    )
    expect(command('status').out).not.toContain('fig-harvest')
    write(draft)
    withPicture(sample.image.file)
    expect(command('load', mine)).toMatchObject({ status: 0, error: expect.not.stringContaining('picture') as string })
  })

  test('with a picture that is not what it seems is refused by load and by check, with the true values', () => {
    const { file } = sample.image
    write({ ...draft, image: { ...draft.image, width: 1600, height: 1200 } })
    withPicture(file)
    const refused = (words: string) => {
      for (const name of ['load', 'check']) {
        const { status, error } = command(name, mine)
        expect([name, status, error]).toEqual([name, 1, `db/briefings/fig-harvest.json: ${words}\n`])
      }
    }
    refused('image: The drawing’s viewBox is 1200 wide and 675 high. Write a width and a height in the same proportion.')
    write(draft)
    mkdirSync(join(mine, 'db/images/originals')) // Only its files are pictures of the site.
    expect(command('check', mine).status).toBe(0)
    writeFileSync(join(mine, 'db/images', file), 'noise')
    refused(
      'image.file: This is not a picture that a site can show: JPEG, PNG, WebP, AVIF, or SVG with a viewBox. Replace the file.',
    )
  })
})

describe('a translation with a number that the English does not have', () => {
  const title = '«900 porti» chiudono'
  const file = {
    locale: 'it',
    source: 'en',
    sourceRevision: 1,
    state: 'draft',
    provenance: 'human',
    credits: [],
    segments: { title },
  }
  const warning = 'title: warning: numbers: The text has “900”, but the English does not. Compare the numbers.'

  test('is loaded and imported with a warning, in text and in JSON, and found in the database', () => {
    write(draft)
    withPicture(sample.image.file)
    mkdirSync(join(mine, 'locales/it/briefings'), { recursive: true })
    writeFileSync(join(mine, 'locales/it/briefings/fig-harvest.json'), JSON.stringify(file))
    const loaded = command('load', mine)
    expect(loaded).toMatchObject({ status: 0, out: expect.stringContaining(`fig-harvest: it: ${warning}`) })
    expect(loaded.out).toMatch(/1 briefing: 1 new, 0 changed, 0 unchanged\. \d+ warnings?\.\n$/)

    const again = join(folder, 'fig-harvest.json')
    writeFileSync(again, JSON.stringify({ ...file, segments: { title: `${title} ora` } }))
    expect(command('import', again)).toMatchObject({ status: 0, out: expect.stringContaining(`  ${warning}`) })
    writeFileSync(again, JSON.stringify({ ...file, segments: { title: `${title} oggi` } }))
    const [{ receipt }] = JSON.parse(command('import', again, '--json').out)
    expect(receipt.lines[0].warnings).toContainEqual(
      expect.objectContaining({ rule: 'numbers', reason: warning.replace('title: warning: numbers: ', '') }),
    )

    const checked = command('check', '--database')
    expect(checked.status).toBe(0)
    expect(checked.out).toContain('fig-harvest, it: title: numbers: The text has “900”')
    const { problems, warnings } = JSON.parse(command('check', '--database', '--json').out)
    expect(problems).toEqual([])
    expect(warnings).toContainEqual(expect.objectContaining({ file: 'fig-harvest, it', path: 'title', rule: 'numbers' }))
  })
})
