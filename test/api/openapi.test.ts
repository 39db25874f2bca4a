import { beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import type { OpenApi } from '../../src/api/document'
import { operations } from '../../src/api/operations'
import { parametersIn, promisedIn } from '../support/contract'
import { type Newsroom, openNewsroom } from '../support/newsroom'
import { routesOf } from '../support/outputs'

let newsroom: Newsroom
let api: OpenApi
let page: string
beforeAll(async () => {
  newsroom = await openNewsroom()
  api = (await (await newsroom.ask('/api/openapi.json')).json()) as OpenApi
  page = await newsroom.text('/api/docs')
})

describe('the document of the API', () => {
  test('has every operation that the site answers, and none that it does not', () => {
    const answered = routesOf(newsroom.site).filter((route) => /^(?!OPTIONS).* \/api\/v1\//.test(route))
    const documented = promisedIn(api).map(({ method, path }) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`)
    expect(documented.toSorted()).toEqual(answered.toSorted())
    expect(new Set(promisedIn(api).map(({ operation }) => operation.operationId)).size).toBe(documented.length)
  })

  test('says of each parameter what it is, and how long or large it may be', () => {
    const unsaid = promisedIn(api).flatMap(({ operation }) =>
      parametersIn(api, operation).flatMap(({ name, description, schema }) => {
        const isBounded = schema.enum ?? schema.const ?? schema.maxLength ?? schema.maximum
        return description === '' || isBounded === undefined ? [`${operation.operationId} ${name}`] : []
      }),
    )
    expect(unsaid).toEqual([])
  })

  test('says of each text that an editor sends how long it may be', () => {
    const { Source } = api.components.schemas
    const unbounded: string[] = []
    JSON.stringify(Source, (key, each: unknown) => {
      const schema = each as { type?: string; maxLength?: number; enum?: unknown; const?: unknown; format?: string }
      const isBounded = schema?.maxLength ?? schema?.enum ?? schema?.const ?? schema?.format
      if (schema?.type === 'string' && !isBounded) unbounded.push(key)
      return each
    })
    expect(unbounded).toEqual(['items', 'file']) // Codes of regions, and the name of a picture that there is.
  })

  test('describes what is sent by the schema that it is held against, which fills in empty lists and changes nothing else', () => {
    for (const operation of Object.values(operations)) {
      if (!('body' in operation) || !('schema' in operation.body)) continue
      const { schema } = operation.body
      const [input, output] = (['input', 'output'] as const).map((io) => JSON.stringify(z.toJSONSchema(schema, { io })))
      const lists =
        /"(regions|byline|body|organisations|keyPoints|sources|affectedAreas|watch|sections|linkedOrganisations|formerSlugs)",(?=[^:{]*\])/g
      expect(input).toBe(output?.replace(lists, ''))
    }
  })

  test('says of what is for tokens that it takes one, and of what is open that a token may be shown', () => {
    for (const { operation, path } of promisedIn(api)) {
      const isOpen = /\/(locales|briefings|search|glossary)/.test(path)
      expect([path, operation.security]).toEqual([path, isOpen ? [{}, { token: [] }] : [{ token: [] }]])
    }
  })

  test('is for pages of other sites too, and is kept until the site changes', async () => {
    const { ask, deploy } = newsroom
    const headers = { Origin: 'https://elsewhere.example' }
    const first = await ask('/api/openapi.json', { headers })
    expect(first.headers.get('Access-Control-Allow-Origin')).toBe('*')
    const etag = first.headers.get('ETag') ?? ''
    const held = { headers: { ...headers, 'If-None-Match': etag } }
    expect((await ask('/api/openapi.json', held)).status).toBe(304)
    expect((await ask('/api/docs', held)).status).toBe(304)
    const renamed = await deploy({}, { SITE_NAME: 'Elsewhere' })
    const changed = await renamed.ask('/api/openapi.json', held)
    expect([changed.status, ((await changed.json()) as OpenApi).info.title]).toEqual([200, 'Elsewhere'])
  })
})

describe('the page of the API', () => {
  test('is in English, and shows every operation and every schema', () => {
    expect(page).toContain('<html lang="en" dir="ltr">')
    for (const { method, path, operation } of promisedIn(api)) {
      expect(page).toContain(`id="${operation.operationId}"`)
      expect(page).toContain(`<b>${method}</b> <code>${path}</code>`)
    }
    for (const name of Object.keys(api.components.schemas)) expect(page).toContain(`id="${name}"`)
  })

  test('links to nothing in it that is not there, and needs nothing from another host', () => {
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const links = [...page.matchAll(/ href="#([^"]*)"/g)].map(([, id]) => id)
    expect(links.length).toBeGreaterThan(50)
    expect(links.filter((id) => !ids.includes(id))).toEqual([])
    const [, head = ''] = /<head>(.*)<\/head>/s.exec(page) ?? []
    const loaded = [...page.matchAll(/ src="([^"]*)"/g), ...head.matchAll(/<link rel="(?:stylesheet|icon)" href="([^"]*)"/g)]
    expect(loaded.length).toBeGreaterThan(1)
    expect(loaded.filter(([, address]) => !address?.startsWith('/assets/'))).toEqual([])
    expect(page).not.toMatch(/<(iframe|object|embed|style)|style="|@import/)
  })

  test('says what people typed into the site’s name as text', async () => {
    const named = await newsroom.deploy({}, { SITE_NAME: '<b>"News" & more</b>' })
    const shown = await named.text('/api/docs')
    expect(shown).toContain('The API of &lt;b&gt;')
    expect(shown).not.toContain('<b>"News"')
  })
})
