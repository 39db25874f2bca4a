// Adds up what the suites reported and says it in one line.
import { readFileSync } from 'node:fs'

interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
}

const reports = process.argv.slice(2).map((path) => JSON.parse(readFileSync(path, 'utf8')) as Report)
const sum = (count: (report: Report) => number) => reports.reduce((total, report) => total + count(report), 0)
const failed = sum(({ numFailedTests }) => numFailedTests)
process.stdout.write(`${sum(({ numPassedTests }) => numPassedTests)} passed, ${failed} failed\n`)
process.exitCode = failed === 0 ? 0 : 1
