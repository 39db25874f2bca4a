import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '../problem'
import { root } from './checkout'
import { helpOn } from './command-help'
import { asksJson, decide, takenByNpm } from './command-line'
import { program } from './command-table'
import { report, say } from './report'

/** The exit code of a program whose reader stopped reading: 128 plus the number of SIGPIPE. */
const readerHasGone = 141

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(readerHasGone)
    throw error
  })
}

await main(process.argv.slice(2))

async function main(words: readonly string[]): Promise<void> {
  const isJson = asksJson(words)
  const decision = decide(program, words)
  if (decision.kind === 'refused') return report(decision.refusal, isJson)
  if (decision.kind === 'help') return void process.stdout.write(helpOn(decision.command, decision.path))
  if (decision.kind === 'version') return void say(version())
  const { command, path, values } = decision
  const taken = takenByNpm(command, process.env)
  if (taken !== undefined) return report(new Refusal('option.taken', { option: taken, command: path }), isJson)
  try {
    await command.run(values)
  } catch (error) {
    report(error, isJson)
  }
}

function version(): string {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly name: string
    readonly version: string
  }
  return `${manifest.name} ${manifest.version}`
}
