import { defineCommand } from 'citty'
import { isProblems } from '../briefings/files'
import { readContentFiles, readGlossaryFiles } from '../content'
import { gatherKit } from '../kit'
import { ContentError, readContent } from '../loadable'
import { inWords, review } from '../translations/checks/review'
import { readGlossaries } from '../translations/glossary'
import { asJson, fromFolder, root, say } from './open'

/** Checks catalogs, briefings, translations and glossaries. */
export const checkCommand = defineCommand({
  meta: { name: 'check', description: 'Check locales and content without changing anything' },
  args: {
    ...asJson,
    warnings: { type: 'boolean', description: 'Tell also what is not wrong, but should be looked at' },
    ...fromFolder,
  },
  run({ args }) {
    const folder = args.from ?? root
    const { locales, catalogs } = gatherKit(root)
    const content = readContent(readContentFiles(folder), locales)
    const glossaries = readGlossaries(readGlossaryFiles(folder))
    const problems = [...('problems' in content ? content.problems : []), ...(isProblems(glossaries) ? glossaries : [])]
    if (problems.length > 0 && !args.json) throw new ContentError(problems)
    if (problems.length > 0) process.exitCode = 1
    const warnings = 'problems' in content || isProblems(glossaries) ? [] : review(content, glossaries)
    if (args.json) return say(JSON.stringify({ problems, warnings }))
    if (args.warnings) for (const warning of warnings) say(inWords(warning))
    const told = `${warnings.length} warnings${args.warnings || warnings.length === 0 ? '' : ' (--warnings shows them)'}`
    const count = 'problems' in content ? 0 : content.length
    say(`${Object.keys(catalogs).length} catalogs and ${count} briefings with their translations are in order: ${told}.`)
  },
})
