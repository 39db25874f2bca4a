/** The name of a browser in a person's list: its own name and its system's, if it gives them. */
export function browserIn(agent = ''): string {
  const name = ['Edg', 'OPR', 'Firefox', 'Chrome', 'Safari'].find((each) => agent.includes(each))
  const system = ['Windows', 'Android', 'iPhone', 'iPad', 'Mac OS', 'Linux'].find((each) => agent.includes(each))
  return [{ Edg: 'Edge', OPR: 'Opera' }[name ?? ''] ?? name, system].filter(Boolean).join(' · ')
}
