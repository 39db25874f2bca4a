import { describe, expect, test } from 'vitest'
import { readConfig, readNodeConfig } from '../../src/config'
import { sampleSettings } from '../support/settings'

const smtpOf = (SMTP_URL: string) => readNodeConfig({ SMTP_URL }, sampleSettings).smtp

describe('SMTP_URL', () => {
  test.each([
    ['smtp://mail.example', { host: 'mail.example', port: 587, tls: 'upgrade' }],
    ['smtp://MAIL.example:2525/', { host: 'mail.example', port: 2525, tls: 'upgrade' }],
    ['smtps://mail.example', { host: 'mail.example', port: 465, tls: 'always' }],
    ['smtps://localhost', { host: 'localhost', port: 465, tls: 'always' }],
    ['smtp://localhost:25', { host: 'localhost', port: 25, tls: 'never' }],
    ['smtp://127.0.0.1:25', { host: '127.0.0.1', port: 25, tls: 'never' }],
    ['smtp://[::1]:25', { host: '::1', port: 25, tls: 'never' }],
    ['smtp://127.0.0.1.evil.example', { host: '127.0.0.1.evil.example', port: 587, tls: 'upgrade' }],
    ['smtp://127.0.0.2', { host: '127.0.0.2', port: 587, tls: 'upgrade' }],
    [
      'smtp://post%40a.example:p%2Fw%3A%25@mail.example',
      { host: 'mail.example', port: 587, tls: 'upgrade', auth: { user: 'post@a.example', pass: 'p/w:%' } },
    ],
  ])('%s says where mail is handed over, and how', (url, expected) => {
    expect(smtpOf(url)).toEqual(expected)
  })

  test('may be left out: then mail is kept', () => {
    expect(smtpOf('')).toBeUndefined()
  })

  test.each([
    'mail.example:587',
    'http://mail.example',
    'smtp://',
    'smtp:mail.example',
    'smtp://mail.example/path',
    'smtp://mail.example?tls=no',
    'smtp://u:%@mail.example',
    'smtp://mail.example:99999',
  ])('%s is refused by name, and without telling a password', (url) => {
    const read = () => smtpOf(url.replace('smtp://', 'smtp://user:canary@'))
    expect(() => smtpOf(url)).toThrow(/SMTP_URL: This must be an address such as smtp:\/\//)
    expect(read).not.toThrow(/canary/)
  })
})

describe('MAIL_FROM', () => {
  const from = (variables: Record<string, string>) => readConfig(variables, sampleSettings).mailFrom

  test.each([
    ['Briefings <post@briefings.example>', { name: 'Briefings', address: 'post@briefings.example' }],
    ['الإحاطات <post@briefings.example>', { name: 'الإحاطات', address: 'post@briefings.example' }],
    ['Doe, Jane: "JD" <Post@Briefings.Example>', { name: 'Doe, Jane: "JD"', address: 'post@briefings.example' }],
    ['post@briefings.example', { name: '', address: 'post@briefings.example' }],
  ])('%s is who mail is from', (MAIL_FROM, expected) => {
    expect(from({ MAIL_FROM })).toEqual(expected)
  })

  test('is the site itself where nothing is said', () => {
    expect(from({ ORIGIN: 'https://briefings.example', SITE_NAME: 'Harbour' })).toEqual({
      name: 'Harbour',
      address: 'no-reply@briefings.example',
    })
    expect(from({ ORIGIN: 'http://[::1]:8787' })).toEqual({ name: 'Vernacular', address: 'no-reply@localhost' })
  })

  test.each([
    'Briefings',
    'Briefings <post>',
    'a <a@a.example>, b <b@b.example>',
    '<a@a.example> b',
    'a@a.example\r\nBcc: b@b.example',
  ])('%j is refused by name', (MAIL_FROM) => {
    expect(() => from({ MAIL_FROM })).toThrow(/MAIL_FROM: This must be a sender such as/)
  })
})

describe('a site has an outbox', () => {
  const hasOutbox = (variables: Record<string, string>) => readNodeConfig(variables, sampleSettings).hasOutbox

  test('on a fresh clone, whichever port it is given', () => {
    expect(hasOutbox({})).toBe(true)
    expect(hasOutbox({ PORT: '9000' })).toBe(true)
    expect(hasOutbox({ ORIGIN: 'http://127.0.0.1:8787', HOST: '::1' })).toBe(true)
  })

  test.each([
    ['that others read', { ORIGIN: 'https://briefings.example' }],
    ['whose server others reach', { HOST: '0.0.0.0' }],
    ['whose server others reach by IPv6', { HOST: '::' }],
    ['whose mail is sent', { SMTP_URL: 'smtp://localhost:25' }],
  ])('but not one %s', (_name, variables) => {
    expect(hasOutbox(variables)).toBe(false)
  })
})

describe('the address of a site', () => {
  const originOf = (ORIGIN: string) => readConfig({ ORIGIN }, sampleSettings).origin

  test('may have a host in any script, which links have in ASCII', () => {
    expect(originOf('https://b\u00fccher.example')).toBe('https://xn--bcher-kva.example')
    expect(originOf('https://例え.jp:8443')).toBe('https://xn--r8jz45g.jp:8443')
    expect(readConfig({}, { ...sampleSettings, origin: 'https://briefings.example' }).origin).toBe('https://briefings.example')
  })

  test.each([
    'https://briefings.example/',
    'https://briefings.example/a',
    'https://a@briefings.example',
    'ftp://briefings.example',
    'briefings.example',
    'https://a b',
    'https:\\\\a',
  ])('is refused otherwise: %s', (ORIGIN) =>
    expect(() => originOf(ORIGIN)).toThrow('ORIGIN: This must be an address such as https://briefings.example, without a path.'),
  )
})
