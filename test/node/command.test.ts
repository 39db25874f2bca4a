import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { command, type Group } from '../../src/doors/command'
import { helpOn } from '../../src/doors/command-help'
import { asksJson, decide, takenByNpm } from '../../src/doors/command-line'
import { nearestOf } from '../../src/doors/nearest-name'

const send = command({
  name: 'send',
  about: 'Send letters',
  options: {
    'dry-run': { type: 'flag', about: 'Send nothing' },
    by: { type: 'text', required: true, about: 'Who sends them' },
    state: { type: 'text', of: ['draft', 'approved'], about: 'In which state' },
    locale: { type: 'text', multiple: true, about: 'A language' },
    most: { type: 'number', from: 1, to: 1000, default: 100, about: 'How many' },
  },
  positionals: { to: { required: true, about: 'To whom' }, copies: { multiple: true, about: 'To whom else' } },
  example: "ada --by 'Bea Berg' --locale es",
  run() {},
})
const list = command({ name: 'list', about: 'List letters', options: {}, example: '', run() {} })
const lists: Group = { name: 'letters', about: 'Letters that were written', commands: [list, send], otherwise: list }
const program: Group = { name: 'post', about: 'An office', commands: [send, lists] }

/** What is decided on words as they are typed, with quotation marks for none. */
const decided = (line: string) => decide(program, line === '' ? [] : line.split(' '))
const refusal = (line: string) => {
  const decision = decided(line)
  return decision.kind === 'refused' ? decision.refusal.message : decision.kind
}

describe('the words of a command', () => {
  test('are its values, each in its kind, with what holds where nothing is said', () => {
    expect(decided('send ada bea cay bea --by Me --locale es --locale=pl --most 7 --dry-run')).toMatchObject({
      kind: 'run',
      path: 'send',
      command: send,
      values: {
        to: 'ada',
        copies: ['bea', 'cay'],
        by: 'Me',
        locale: ['es', 'pl'],
        most: 7,
        'dry-run': true,
        json: false,
        state: undefined,
      },
    })
    expect(decided('send ada --by Me')).toMatchObject({ values: { copies: [], locale: [], most: 100, 'dry-run': false } })
  })

  test('name a command below another, and the one that is meant where none is named', () => {
    expect(decided('letters send ada --by Me')).toMatchObject({ kind: 'run', path: 'letters send' })
    expect(decided('letters')).toMatchObject({ kind: 'run', path: 'letters list', values: { json: false } })
    expect(decided('letters --json')).toMatchObject({ kind: 'run', path: 'letters list', values: { json: true } })
  })

  test('are no options behind two hyphens, nor where a value follows an equals sign', () => {
    expect(decided('send --by=-me -- --help')).toMatchObject({ kind: 'run', values: { by: '-me', to: '--help' } })
    expect(asksJson(['send', '--', '--json'])).toBe(false)
  })
})

describe('words that make no sense', () => {
  test.each([
    ['send ada --by Me --dryrun', '`send` has no option --dryrun. Did you mean --dry-run?'],
    ['send ada --by Me --dryRun', '`send` has no option --dryRun. Did you mean --dry-run?'],
    ['send ada --by Me --locales es', '`send` has no option --locales. Did you mean --locale?'],
    ['send ada --by Me --loc es', '`send` has no option --loc. Did you mean --locale?'],
    ['send ada --by Me --colour', '`send` has no option --colour. See `send --help`.'],
    ['send ada --by Me --no-dry-run', '`send` has no option --no-dry-run. Did you mean --dry-run?'],
    ['send ada --by Me --toString', '`send` has no option --toString. See `send --help`.'],
    ['send ada --by Me -x', '`send` has no option -x. See `send --help`.'],
    ['send ada --by', '--by needs a value. If the value begins with a hyphen, write it as --by=-x.'],
    ['send ada --by= --dry-run', '--by needs a value. If the value begins with a hyphen, write it as --by=-x.'],
    ['send ada --by --dry-run', '--by needs a value. If the value begins with a hyphen, write it as --by=-x.'],
    ['send ada --by Me --by You', '--by is given twice, but takes one value.'],
    ['send ada --by Me --dry-run=no', '--dry-run takes no value. Remove the value.'],
    ['send ada --by Me --state aproved', '--state cannot be aproved. Choose from draft and approved. Did you mean approved?'],
    ['send ada --by Me --state no', '--state cannot be no. Choose from draft and approved.'],
    ['send ada --by Me --most 1001', '--most cannot be 1001. Use a number from 1 to 1000.'],
    ['send ada --by Me --most 1e2', '--most cannot be 1e2. Use a number from 1 to 1000.'],
    ['send ada', '`send` needs --by. See `send --help`.'],
    ['send --by Me', '`send` needs <to>. See `send --help`.'],
    ['send  --by Me', '<to> is empty. Give a value.'],
    ['letters list ada', 'ada is one argument too many. See `letters list --help`.'],
    ['letters snd', 'There is no command `letters snd`. Did you mean send?'],
    ['post', 'There is no command `post`. The commands are send and letters.'],
    ['--json send', 'Put a command before --json. The commands are send and letters.'],
    ['letters --jsn', '`letters list` has no option --jsn. Did you mean --json?'],
    ['send \u001b[2J ada --by=\u001b[2J --state=\u001b', '--state cannot be \\u001b. Choose from draft and approved.'],
  ])('%s is refused in a sentence', (line, sentence) => {
    expect(refusal(line)).toBe(sentence)
  })

  test('are found wherever they stand, and whatever Node’s own strict reading refuses is refused', () => {
    const word = fc.constantFrom(
      'ada',
      '--by',
      'Me',
      '--by=x',
      '--state',
      'draft',
      '--json',
      '-x',
      '--most',
      '7',
      '--',
      '--b',
      '',
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (words) => {
        const decision = decide(program, ['send', ...words])
        if (decision.kind !== 'run') return
        const types = { 'dry-run': 'boolean', json: 'boolean' } as const
        const texts = Object.fromEntries(['by', 'state', 'locale', 'most'].map((name) => [name, { type: 'string' as const }]))
        const flags = Object.fromEntries(Object.entries(types).map(([name, type]) => [name, { type }]))
        const { values } = parseArgs({ args: words, options: { ...texts, ...flags }, strict: true, allowPositionals: true })
        expect(values['by']).toBe(decision.values['by'])
      }),
      { numRuns: 2000 },
    )
  })

  test('say which name is nearest, and none where none is near', () => {
    const names = ['dry-run', 'state', 'since', 'json']
    expect(['dryrun', 'DRY-RUN', 'sate', 'sinec', 'st', 'jsno'].map((typed) => nearestOf(typed, names))).toEqual([
      'dry-run',
      'dry-run',
      'state',
      'since',
      'state',
      'json',
    ])
    expect(['x', 'locale', 'run', ''].map((typed) => nearestOf(typed, names))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })
})

describe('help', () => {
  test('is asked for at any level, whatever else is wrong', () => {
    for (const [line, path] of [
      ['', ''],
      ['--help', ''],
      ['-h', ''],
      ['letters --help', 'letters'],
      ['letters send --colour -h', 'letters send'],
      ['send --by --help', 'send'],
    ] as const)
      expect(decided(line)).toMatchObject({ kind: 'help', path })
    expect(decided('--version')).toEqual({ kind: 'version' })
  })

  test('shows how a command is given, all that it takes, and one example', () => {
    const help = helpOn(send, 'letters send')
    expect(help).toContain('Usage: npm run vernacular -- letters send <to> [copies]… [options]\n')
    for (const part of [
      '--dry-run  ',
      '--by <text>',
      '(draft | approved)',
      '(from 1 to 1000; default: 100)',
      '--json',
      'required',
    ])
      expect(help).toContain(part)
    expect(help.endsWith("\nExample: npm run vernacular -- letters send ada --by 'Bea Berg' --locale es\n")).toBe(true)
    for (const line of help.split('\n')) expect(line.length).toBeLessThanOrEqual(100)
  })

  test('of a command that has others lists them, and says which is meant where none is named', () => {
    expect(helpOn(lists, 'letters')).toMatch(/ {2}list {10,}List letters \(default\)\n {2}send {10,}Send letters/)
    expect(helpOn(program, '')).toContain('Usage: npm run vernacular -- <command>\n')
  })
})

describe('an option that npm took for itself', () => {
  test('is noticed, and npm’s own settings are not taken for one', () => {
    const byNpm = { npm_lifecycle_event: 'vernacular' }
    expect(takenByNpm(send, { ...byNpm, npm_config_dry_run: 'true' })).toBe('--dry-run')
    expect(takenByNpm(send, { ...byNpm, npm_config_locale: 'true' })).toBe('--locale')
    expect(
      takenByNpm(send, { ...byNpm, npm_config_json: 'true', npm_config_dry_run: '', npm_config_cache: '/c' }),
    ).toBeUndefined()
    expect(takenByNpm(send, { npm_lifecycle_event: 'deploy', npm_config_dry_run: 'true' })).toBeUndefined()
  })
})
