import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { networkOf } from '../../src/delivery/network'
import { readerOf, readProxies } from '../../src/doors/proxies'
import { rounds } from '../support/rounds'

const ours = '10.0.0.0/8, fd00::/8 192.0.2.7'
const readBy = (list: string) => (peer: string | undefined, forwarded?: string) =>
  readerOf(peer, forwarded, readProxies({ TRUSTED_PROXIES: list }))

describe('the reader behind trusted proxies', () => {
  test.each([
    ['nobody in between', '198.51.100.4', undefined, '198.51.100.4'],
    ['an untrusted machine that names another', '198.51.100.4', '203.0.113.9', '198.51.100.4'],
    ['a proxy', '10.1.2.3', '203.0.113.9', '203.0.113.9'],
    ['a proxy named by its address alone', '192.0.2.7', '203.0.113.9', '203.0.113.9'],
    ['its neighbour, which is not named', '192.0.2.8', '203.0.113.9', '192.0.2.8'],
    ['a proxy as a socket of both families shows it', '::ffff:10.1.2.3', '203.0.113.9', '203.0.113.9'],
    ['a proxy of IPv6', 'fd00::5', '2001:db8:1:2::9', '2001:db8:1:2::9'],
    ['a proxy of a link with its zone', 'fd00::5%eth0', '203.0.113.9', '203.0.113.9'],
    ['two proxies', '10.1.2.3', '203.0.113.9, 10.9.9.9', '203.0.113.9'],
    ['a reader who sends a header', '10.1.2.3', '1.1.1.1, 203.0.113.9, 10.9.9.9', '203.0.113.9'],
    ['a reader who sends the address of a proxy', '10.1.2.3', '1.1.1.1, 10.4.4.4, 203.0.113.9', '203.0.113.9'],
    ['a reader within the network of the proxies', '10.1.2.3', '10.7.7.7', '10.7.7.7'],
    ['a proxy that writes the port', '10.1.2.3', '203.0.113.9:50123', '203.0.113.9'],
    ['a proxy that writes the port of IPv6', '10.1.2.3', '[2001:db8::9]:50123', '2001:db8::9'],
    ['a proxy that writes brackets', '10.1.2.3', '[2001:db8::9]', '2001:db8::9'],
    ['a proxy that writes no address', '10.1.2.3', '203.0.113.9, unknown', '10.1.2.3'],
    ['a proxy that writes nothing', '10.1.2.3', '', '10.1.2.3'],
    ['a proxy that writes an empty item', '10.1.2.3', '203.0.113.9, ,', '10.1.2.3'],
    ['a reader who sends nonsense', '10.1.2.3', ';drop, 999.1.1.1, 203.0.113.9', '203.0.113.9'],
  ])('is found: %s', (_what, peer, forwarded, reader) => {
    expect(readBy(ours)(peer, forwarded)).toBe(reader)
  })

  test('without a list, only this machine is a proxy', () => {
    const read = (peer: string, forwarded: string) => readerOf(peer, forwarded, readProxies({}))
    for (const peer of ['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'])
      expect(read(peer, '203.0.113.9')).toBe('203.0.113.9')
    for (const peer of ['10.0.0.1', '::2', '172.17.0.1']) expect(read(peer, '203.0.113.9')).toBe(peer)
    expect(read('127.0.0.1', '1.1.1.1, 203.0.113.9')).toBe('203.0.113.9')
    expect(readerOf(undefined, '203.0.113.9', readProxies({}))).toBeUndefined()
  })

  test('a list takes the place of this machine', () => {
    expect(readBy('10.0.0.7')('127.0.0.1', '203.0.113.9')).toBe('127.0.0.1')
    expect(readBy('10.0.0.7,127.0.0.1')('127.0.0.1', '203.0.113.9, 10.0.0.7')).toBe('203.0.113.9')
  })

  test('whatever is sent to the left of what an untrusted machine wrote changes nothing', () => {
    const anAddress = fc.oneof(fc.ipV4(), fc.ipV6(), fc.constant('10.1.1.1'), fc.string({ maxLength: 12 }))
    fc.assert(
      fc.property(fc.array(anAddress, { maxLength: 5 }), fc.constantFrom('203.0.113.9', '2001:db8::9'), (sent, reader) => {
        expect(readBy(ours)('10.1.2.3', [...sent, reader, '10.2.2.2'].join(','))).toBe(reader)
        expect(readBy(ours)(reader, sent.join(','))).toBe(reader)
      }),
      { numRuns: rounds(300) },
    )
  })

  test('the network is all of IPv4, and half of IPv6', () => {
    expect([networkOf('203.0.113.9'), networkOf('::ffff:203.0.113.9'), networkOf('2001:db8:1:2::9')]).toEqual([
      '203.0.113.9',
      '203.0.113.9',
      '2001:db8:1:2',
    ])
  })
})

describe('TRUSTED_PROXIES', () => {
  test.each([
    'proxy.example',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0',
    '10.0.0.1-9',
    'fd00::/129',
    'fe80::1%eth0',
    '0.0.0.0/0',
    '::/0',
    '10.0.0.0/8/8',
    '300.1.1.1',
    '*',
  ])('is refused with a sentence that names %s', (entry) => {
    for (const list of [entry, `10.0.0.1,${entry}`])
      expect(() => readProxies({ TRUSTED_PROXIES: list })).toThrow(
        `TRUSTED_PROXIES: “${entry}” is not the address or the network of a proxy.`,
      )
  })
})
