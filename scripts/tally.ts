// Adds up what the suites reported and says it in one line.
import { readFileSync } from 'node:fs'

interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  /** False where a file failed before any of its tests ran, too. */
  readonly success: boolean
}

const reports = process.argv.slice(2).map((path) => JSON.parse(readFileSync(path, 'utf8')) as Report)
const sum = (count: (report: Report) => number) => reports.reduce((total, report) => total + count(report), 0)
const failed = sum(({ numFailedTests }) => numFailedTests)
process.stdout.write(`${sum(({ numPassedTests }) => numPassedTests)} passed, ${failed} failed\n`)
process.exitCode = failed === 0 && reports.every(({ success }) => success) ? 0 : 1
