import { parseDocument } from 'yaml'
import { decoded, fileBytesMax } from '../briefings/files'
import type { MarkdownFile } from '../briefings/page-file'
import { complaint } from '../language/complaint'

/**
 * A Markdown file with its front matter, which is YAML 1.2 between two lines of three hyphens. Refuses anchors, tags, keys that are there
 * twice, and whatever else YAML allows and nobody needs here.
 */
export function readMarkdownFile(path: string, bytes: Uint8Array): MarkdownFile {
  const flawed = (flaw: MarkdownFile['flaw']) => ({ path, front: {}, text: '', flaw })
  const file = bytes.length > fileBytesMax ? complaint('file.large', { most: fileBytesMax }) : decoded(bytes)
  if (typeof file !== 'string') return flawed(file)
  const [, yaml, text] = /^---[ \t]*\n(?:([\s\S]*?)\n)?---[ \t]*(?:\n([\s\S]*))?$/.exec(file.replaceAll('\r\n', '\n')) ?? []
  if (yaml === undefined) return flawed(complaint('page.front-matter'))
  const front = valueIn(yaml)
  return 'fault' in front
    ? flawed(complaint('page.yaml', { fault: front.fault }))
    : { path, front: front.value, text: text ?? '' }
}

function valueIn(yaml: string): { readonly value: unknown } | { readonly fault: string } {
  const document = parseDocument(yaml, { version: '1.2', schema: 'core', stringKeys: true, logLevel: 'silent' })
  const [fault] = [...document.errors, ...document.warnings]
  if (fault) return { fault: firstLine(fault) }
  try {
    return { value: document.toJS({ maxAliasCount: 0 }) }
  } catch (error) {
    return { fault: firstLine(error) }
  }
}

const firstLine = (error: unknown) => (error instanceof Error ? error.message : String(error)).split('\n', 1).join()
