/** What a person will know their browser by in a list: its name and its system's, as far as it says so. */
export function browserIn(agent = ''): string {
  const name = ['Edg', 'OPR', 'Firefox', 'Chrome', 'Safari'].find((each) => agent.includes(each))
  const system = ['Windows', 'Android', 'iPhone', 'iPad', 'Mac OS', 'Linux'].find((each) => agent.includes(each))
  return [{ Edg: 'Edge', OPR: 'Opera' }[name ?? ''] ?? name, system].filter(Boolean).join(' · ')
}
