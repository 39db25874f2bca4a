/** Tasks beside the requests. */
export interface Schedule {
  /** Runs a task at once and then at intervals, in milliseconds, never twice at the same time; what goes wrong ends nothing. */
  repeat(interval: number, task: () => Promise<unknown>): void
  /** Does a task; what goes wrong is logged. */
  tried(task: () => Promise<unknown>): Promise<void>
  /** Begins no task any more. */
  end(): void
}

/** A schedule that logs what goes wrong. */
export function openSchedule(log: (entry: Readonly<Record<string, unknown>>) => void): Schedule {
  const timers: NodeJS.Timeout[] = []

  async function tried(task: () => Promise<unknown>) {
    try {
      await task()
    } catch (error) {
      log({ level: 'error', error: String(error), stack: error instanceof Error ? error.stack : undefined })
    }
  }

  return {
    tried,
    repeat(interval, task) {
      let isRunning = false
      const run = async () => {
        if (isRunning) return
        isRunning = true
        await tried(task)
        isRunning = false
      }
      setImmediate(run)
      timers.push(setInterval(run, interval).unref())
    },
    end() {
      for (const timer of timers) clearInterval(timer)
    },
  }
}
