/** Whether a web address has a user name or a password in it (RFC 3986, 3.2.1). Readers would get it. */
export function hasSecret(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { username, password } = new URL(address)
  return username !== '' || password !== ''
}
