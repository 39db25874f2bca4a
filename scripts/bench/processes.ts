import { readdirSync, readFileSync } from 'node:fs'

const ticksASecond = 100

/** The seconds of CPU time that a process has taken, or one of its threads, from Linux's accounts. */
export function cpuOf(pid: number, thread?: number): number {
  const [, ticks = ''] = splitStat(thread === undefined ? pid : `${pid}/task/${thread}`)
  const fields = ticks.split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticksASecond
}

/** The memory that a process holds, in megabytes: all, and its own without the files that it has mapped (the database). */
export function memoryOf(pid: number): { readonly all: number; readonly own: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const megabytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024
  return { all: megabytes('VmRSS'), own: megabytes('RssAnon') }
}

/** The processes of this name that descend from this one, oldest first. */
export function descendants(name: string): readonly number[] {
  const pids = readdirSync('/proc')
    .filter((each) => /^\d+$/.test(each))
    .map(Number)
  const all = new Map(pids.flatMap((pid) => describe(pid)))
  const isOurs = (pid: number): boolean => {
    const parent = all.get(pid)?.parent ?? 0
    return parent === process.pid || (parent > 1 && isOurs(parent))
  }
  return [...all.keys()].filter((pid) => all.get(pid)?.name === name && isOurs(pid)).sort((one, other) => one - other)
}

function describe(pid: number): readonly (readonly [number, { name: string; parent: number }])[] {
  try {
    const [name, fields = ''] = splitStat(pid)
    return [[pid, { name, parent: Number(fields.split(' ')[1]) }]]
  } catch {
    return [] // It has ended meanwhile.
  }
}

/** The name of a process, which may hold anything, and the fields after it. */
function splitStat(pid: number | string): [name: string, fields: string] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const end = stat.lastIndexOf(')')
  return [stat.slice(stat.indexOf('(') + 1, end), stat.slice(end + 2)]
}
