/** Characters that XML 1.0 forbids, even as references: most controls, lone surrogates, U+FFFE and U+FFFF. */
const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const reference = (character: string) => entities[character] ?? `&#${character.charCodeAt(0)};`

/** A text as content of an element. Drops what XML 1.0 forbids. */
export const escaped = (text: string) => text.replace(forbidden, '').replace(/[&<>\r]/g, reference)

/** A text as the value of an attribute in double quotes. White space is escaped, so that parsers do not normalise it. */
const escapedAttribute = (text: string) => text.replace(forbidden, '').replace(/[&<>"\t\n\r]/g, reference)

/** Attributes for a tag, each after a space. Those without a value are left out. */
export const attributes = (values: Readonly<Record<string, string | undefined>>) =>
  Object.entries(values)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${escapedAttribute(value)}"`))
    .join('')
