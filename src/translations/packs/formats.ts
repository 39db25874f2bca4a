import { Refusal } from '../../problem'
import { type LocaleFileFacts, localeFileOf, localeFileText, readJsonPack, withNotes } from './json'
import { withEnglishCopied } from './offers'
import type { Pack, PackFormat, ReturnedPack } from './pack'
import { writePo } from './po'
import { textIn } from './returned'
import { readPo } from './returned-po'
import { readXliff } from './returned-xliff'
import { readXliff12 } from './returned-xliff12'
import { writeXliff, type XliffVersion, xliffNamespace } from './xliff'
import { writeXliff12, xliff12Namespace } from './xliff12'
import { readXml } from './xml'

/** How to write a pack. Each format uses the options that concern it. */
export interface PackOptions extends Partial<LocaleFileFacts> {
  /** Whether what is not done has its English in place of a translation (XLIFF). */
  readonly copySource?: boolean
  /** The version that an XLIFF 2 file names. */
  readonly xliffVersion?: XliffVersion
  /** Whether a file in JSON is for a repository: without the English beside each text. */
  readonly withoutEnglish?: boolean
}

/** A pack as the text of a file, in UTF-8 without a byte order mark. */
export function writePack(format: PackFormat, pack: Pack, options: PackOptions = {}): string {
  const { copySource = false, xliffVersion = '2.1', withoutEnglish = false } = options
  const sent = copySource ? withEnglishCopied(pack) : pack
  switch (format) {
    case 'json': {
      const { state = pack.isApproved ? 'approved' : 'draft', provenance = 'human', credits = [] } = options
      const file = localeFileOf(pack, { state, provenance, credits })
      return localeFileText(withoutEnglish ? file : withNotes(file, pack))
    }
    case 'xliff':
      return writeXliff(sent, xliffVersion)
    case 'xliff12':
      return writeXliff12(sent)
    case 'po':
      return writePo(pack)
  }
}

/** Reads a returned file. Its content decides its format. Throws only a Refusal, which says what is wrong. */
export function readPack(fileName: string, bytes: Uint8Array): ReturnedPack {
  const text = textIn(bytes)
  const start = text.trimStart()
  if (start.startsWith('{')) return readJsonPack(fileName, bytes.length, text)
  if (start.startsWith('<')) return readXmlPack(text)
  if (/^msgid[ \t]*"/m.test(text)) return readPo(text)
  throw new Refusal('pack.none')
}

function readXmlPack(text: string): ReturnedPack {
  const root = readXml(text)
  const version = root.attributes.get('version') ?? ''
  if (root.name === 'xliff' && root.namespace === xliff12Namespace && version === '1.2') return readXliff12(root)
  if (root.name === 'xliff' && root.namespace === xliffNamespace && /^2\.[01]$/.test(version)) return readXliff(root)
  throw new Refusal('pack.xml-other')
}
