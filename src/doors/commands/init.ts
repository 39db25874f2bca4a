import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { originIn } from '../../language/origin'
import { Refusal } from '../../problem'
import { nameUpTo } from '../../variables'
import { root } from '../checkout'
import { command } from '../command'
import { asJson, say } from '../report'
import { givenIn } from '../site-folder'
import { type Beginning, languageIn, starterFiles, type Wanted } from '../starter'
import { withFiles, writeWhole } from './files'

/** What may be said on the command line, and is asked otherwise. */
interface Said {
  readonly name?: string | undefined
  readonly languages?: string | undefined
  readonly origin?: string | undefined
}

/** Makes the folder of a site of one's own. */
export const initCommand = command({
  name: 'init',
  about: 'Make the folder of a site of your own, which starts at once. On a terminal, asks for what is not said',
  options: {
    name: { type: 'text', about: 'What the site is called' },
    languages: { type: 'text', about: 'Its languages beside English, such as es,ar (default: English alone)' },
    origin: { type: 'text', about: 'Its public address, such as https://briefings.example (default: decided later)' },
  },
  positionals: { folder: { required: true, about: 'The folder to make. If it is there already, it must be empty' } },
  example: "my-site --name 'Harbour Watch' --languages es,ar",
  async run({ folder, json, ...said }) {
    const isTaken = withFiles(() => existsSync(folder) && readdirSync(folder).length > 0)
    if (isTaken) throw new Refusal('init.not-empty', { folder })
    const { settings, locales } = givenIn(root).site
    const beginning = { settings, locales, texts: startingTexts() }
    const wanted = wantedBy(await completed(said, beginning), beginning)
    const files = starterFiles(wanted, beginning, `${new Date().toISOString().slice(0, 19)}Z`)
    for (const [path, text] of files) writeWhole(join(folder, path), text)
    if (json) return void say(asJson({ folder: resolve(folder), files: files.map(([path]) => path) }))
    const here = relative(root, resolve(folder))
    say(`Made the site in ${folder}. To see it: SITE=${here} npm start`)
  },
})

function wantedBy({ name, languages = '', origin = '' }: Said, { locales }: Beginning): Wanted {
  const read = nameUpTo(80)(name ?? '')
  if ('problem' in read) throw new Refusal('init.name')
  const address = originIn(origin)
  if (origin !== '' && address === undefined) throw new Refusal('config.origin')
  const typed = languages.split(/[\s,]+/).filter(Boolean)
  return { name: read.value, languages: typed.map((each) => languageIn(locales, each)), origin: address }
}

/** Asks for what was not said, if there is a person to ask. */
async function completed(said: Said, { locales: { source, locales } }: Beginning): Promise<Said> {
  if (said.name !== undefined || !process.stdin.isTTY) return said
  const known = locales.map(({ tag }) => tag).filter((tag) => tag !== source)
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const ask = async (question: string, answer: string | undefined) => answer ?? (await terminal.question(`${question} `)).trim()
  try {
    return {
      name: await ask('What is the site called?', said.name),
      languages: await ask(
        `Which languages beside English? The program knows ${known.join(', ')} (none: press Enter)`,
        said.languages,
      ),
      origin: await ask(
        'What is its public address, such as https://briefings.example? (to decide later: press Enter)',
        said.origin,
      ),
    }
  } finally {
    terminal.close()
  }
}

/** The texts that a site begins with. */
function startingTexts(): Beginning['texts'] {
  const folder = join(root, 'starter')
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort()
    .map((path) => [relative(folder, path).replaceAll('\\', '/'), readFileSync(path, 'utf8')] as const)
}
