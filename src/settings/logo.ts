import { SaxesParser } from 'saxes'
import { type Complaint, complaint } from '../language/complaint'
import { attributes as written } from '../language/xml'

/** A logo as pages have it inside them: its shapes, and the room that they need. */
export interface Logo {
  readonly viewBox: string
  readonly width: number
  readonly height: number
  readonly shapes: string
}

const elements = new Set(
  'g path circle ellipse rect line polyline polygon defs linearGradient radialGradient stop clipPath mask'.split(' '),
)
/** They say something about the picture, and draw nothing. */
const unseen = new Set('title desc metadata'.split(' '))
const shapesMax = 8000
/** How high a logo is that names no size, in pixels. */
const high = 25

/** Reads `logo.svg`. It is on every page, so it is small and made of plain shapes; nothing in it acts or loads anything. */
export function readLogo(svg: string): Logo | Complaint {
  const parser = new SaxesParser()
  const shapes: string[] = []
  const open: string[] = []
  let root: Readonly<Record<string, string>> | undefined
  let flaw: Complaint | undefined
  const isHidden = () => open.some((name) => unseen.has(name))
  parser.on('error', () => {
    flaw ??= complaint('logo.form')
  })
  parser.on('doctype', () => {
    flaw ??= complaint('logo.form')
  })
  parser.on('opentag', ({ name, attributes }) => {
    const given = attributes as Record<string, string>
    if (open.length === 0) root = name === 'svg' ? given : undefined
    else if (!isHidden() && !unseen.has(name)) {
      if (!elements.has(name)) flaw ??= complaint('logo.part', { name })
      const kept = Object.entries(given).filter(([key]) => !key.includes(':'))
      const unfit = kept.find(([key, value]) => /^on/i.test(key) || /url\((?!#)/i.test(value) || key === 'href')
      if (unfit) flaw ??= complaint('logo.part', { name: unfit[0] })
      shapes.push(`<${name}${written(Object.fromEntries(kept))}>`)
    }
    open.push(name)
  })
  parser.on('closetag', ({ name }) => {
    open.pop()
    if (open.length > 0 && !isHidden() && !unseen.has(name)) shapes.push(`</${name}>`)
  })
  parser.write(svg).close()
  if (flaw) return flaw
  return root ? sized(root, shapes.join('')) : complaint('logo.form')
}

function sized({ viewBox = '', width = '', height = '' }: Readonly<Record<string, string>>, shapes: string): Logo | Complaint {
  const [, , wide = 0, tall = 0] = viewBox
    .trim()
    .split(/[\s,]+/)
    .map(Number)
  if (!(wide > 0 && tall > 0)) return complaint('logo.view-box')
  if (shapes.length > shapesMax) return complaint('logo.large', { most: shapesMax })
  const isSized = /^\d+$/.test(width) && /^\d+$/.test(height) && Number(height) <= 64
  return {
    viewBox: viewBox.trim(),
    width: isSized ? Number(width) : Math.round((high * wide) / tall),
    height: isSized ? Number(height) : high,
    shapes,
  }
}
