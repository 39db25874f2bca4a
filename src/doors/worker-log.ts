/** Logs an entry as a line of JSON, at the level that the platform shows it with. */
export const log = (entry: Readonly<Record<string, unknown>>) => {
  const line = JSON.stringify(entry)
  if (entry['level'] === 'error') console.error(line)
  else if (entry['level'] === 'warn') console.warn(line)
  else console.log(line)
}
