import { describe, expect, test } from 'vitest'
import { explain } from '../../src/language/newsroom'
import { flawInUrl } from '../../src/webhooks/endpoint'

/** What is wrong with an address, in words. */
function said(url: string, mayBePrivate: boolean): string | undefined {
  const flaw = flawInUrl(url, mayBePrivate)
  return flaw && explain(flaw)
}

describe('the address of an endpoint', () => {
  test.each([
    'https://example.org/hook?team=1',
    'https://example.org:8443/',
    'https://8.8.8.8/',
    'https://172.15.0.1/',
    'https://192.169.0.1/',
    'https://[2606:4700::1111]/',
    'http://localhost:8080/hook',
  ])('%s is one', (url) => {
    expect(flawInUrl(url, false)).toBeUndefined()
  })

  test.each([
    ['example.org/hook', 'is not an address'],
    ['ftp://example.org/', 'is not an address'],
    ['javascript:alert(1)', 'is not an address'],
    ['https://', 'is not an address'],
    ['', 'is not an address'],
    ['http://example.org/', 'is not https'],
    ['http://8.8.8.8/', 'is not https'],
    ['https://user@example.org/', 'contains a user'],
    ['https://user:pass@example.org/', 'contains a user'],
    ['https://example.org/#part', 'has a fragment'],
    [`https://example.org/${'x'.repeat(2000)}`, 'is longer than'],
  ])('%s is none, whatever the operator means', (url, flaw) => {
    expect(said(url, false)).toContain(flaw)
    expect(said(url, true)).toContain(flaw)
  })

  test.each([
    'https://127.0.0.1/',
    'http://127.0.0.1:9000/',
    'https://10.1.2.3/',
    'https://172.16.0.1/',
    'https://172.31.255.255/',
    'https://192.168.1.1/',
    'https://169.254.169.254/latest/meta-data',
    'https://100.64.0.1/',
    'https://0.0.0.0/',
    'https://224.0.0.1/',
    'https://255.255.255.255/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://0177.0.0.1/',
    'https://１２７.0.0.1/',
    'https://[::1]/',
    'http://[::1]:9000/',
    'https://[::]/',
    'https://[fe80::1]/',
    'https://[fd00::1]/',
    'https://[ff02::1]/',
    'https://[2001:db8::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[64:ff9b::a00:1]/',
    'https://[2002:a00:1::]/',
  ])('%s is within a private network, and one only where that is meant', (url) => {
    expect(said(url, false)).toContain('private network')
    expect(flawInUrl(url, true)).toBeUndefined()
  })
})
