// What a page says and how it sits in its window, as plain data. Runs in the browser; `survey()` is its value.
// biome-ignore lint/correctness/noUnusedVariables: whoever loads it into a page calls it there.
function survey() {
  const root = document.documentElement
  const { clientWidth } = root
  const spoken = ['alt', 'title', 'aria-label', 'aria-description', 'aria-placeholder', 'aria-valuetext', 'placeholder', 'label']
  const texts = []
  const faults = []

  for (const details of document.querySelectorAll('details')) details.open = true

  /** An element as a short path from its nearest ancestor with an id. */
  function where(element) {
    const name = ({ localName, id, classList }) =>
      localName + (id === '' ? [...classList].map((each) => `.${each}`).join('') : `#${id}`)
    const path = []
    for (let at = element; at && at !== document.body && path.length < 4; at = at.parentElement) {
      path.unshift(name(at))
      if (at.id !== '') break
    }
    return path.join(' > ')
  }

  /** A text, the language that it is marked as, and whether a text in the page's language stands beside it. */
  function say(element, what, text) {
    if (text.trim() === '') return
    const marked = element.closest('[lang]')
    const isBeside = [...(marked?.parentElement?.children ?? [])].some((each) => each !== marked && each.lang === root.lang)
    texts.push({ where: `${where(element)}${what}`, text: text.trim(), lang: marked?.lang ?? '', isBeside })
  }

  /** What only screen readers are told is cut out of sight on purpose. */
  const isUnseen = (element) => {
    for (let at = element; at; at = at.parentElement) if (getComputedStyle(at).clipPath === 'inset(50%)') return true
    return !element.checkVisibility({ visibilityProperty: true })
  }

  /**
   * The boxes that a text has to stay in: each that it is set in, up to one that is placed apart or that the keyboard scrolls, and
   * the window. What hides its overflow holds it in height, too, but where it is cut after so many lines on purpose.
   */
  function boxesAround(element) {
    const boxes = []
    for (let at = element; at !== document.body; at = at.parentElement) {
      const { display, position, overflowX, overflowY, webkitLineClamp } = getComputedStyle(at)
      if (/auto|scroll/.test(overflowX) && at.tabIndex >= 0) return boxes // The keyboard reaches the rest of it.
      const { left, right, top, bottom } = at.getBoundingClientRect()
      const isCut = /hidden|clip/.test(overflowY) && webkitLineClamp === 'none'
      const height = isCut ? { top, bottom } : { top: -Infinity, bottom: Infinity }
      // A cell of no width is a column that is not shown: what is seen of it is laid over the row, and has the table around it.
      const isNotShown = display === 'table-cell' && right - left < 1
      if (display !== 'inline' && display !== 'contents' && !isNotShown) boxes.push({ name: where(at), left, right, ...height })
      if (position === 'absolute' || position === 'fixed') break
    }
    return [...boxes, { name: 'the window', left: 0, right: clientWidth, top: -Infinity, bottom: Infinity }]
  }

  function lookAt(node) {
    const element = node.parentElement
    if (isUnseen(element)) return
    const range = document.createRange()
    range.selectNodeContents(node)
    const lines = [...range.getClientRects()].filter(({ width }) => width > 0)
    for (const { name, left, right, top, bottom } of boxesAround(element)) {
      const beyond = lines.map((line) => Math.max(left - line.left, line.right - right, top - line.top, line.bottom - bottom))
      const most = Math.max(...beyond)
      if (most <= 1) continue
      faults.push({ where: where(element), text: node.data.trim(), fault: `sticks ${Math.round(most)} pixels out of ${name}` })
      return
    }
  }

  const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
    // An excerpt is cut out of a text that other pages say whole; code is nobody's language.
    if (node.data.trim() === '' || node.parentElement.closest('script, style, template, .excerpt, [translate=no]')) continue
    say(node.parentElement, '', node.data)
    lookAt(node)
  }
  for (const element of document.querySelectorAll('*')) {
    for (const name of spoken) if (element.hasAttribute(name)) say(element, `[${name}]`, element.getAttribute(name))
    if (element.matches('input:is([type=submit], [type=button], [type=reset])')) say(element, '[value]', element.value)
  }
  say(document.querySelector('title') ?? root, '', document.title)
  for (const meta of document.querySelectorAll(
    'meta:is([name=description], [property="og:title"], [property="og:description"])',
  )) {
    say(meta, `[${meta.name || meta.getAttribute('property')}]`, meta.content)
  }
  if (root.scrollWidth > clientWidth) {
    const culprit = [...document.body.querySelectorAll('*')].findLast((element) => {
      const { left, right } = element.getBoundingClientRect()
      return left < 0 || right > clientWidth
    })
    const fault = `makes the page ${root.scrollWidth - clientWidth} pixels wider than the window`
    faults.push({ where: where(culprit), text: '', fault })
  }

  /** Addresses that a form leads to, with one of its fields filled in at a time. */
  function addressesOf(form) {
    const fields = [...form.elements].flatMap((field) => {
      if (field.localName === 'select') return [...field.options].map(({ value }) => [field.name, value])
      if (field.type === 'checkbox' || field.type === 'radio') return [[field.name, field.value]]
      return field.type === 'search' || field.type === 'text' ? ['2024', '0000'].map((value) => [field.name, value]) : []
    })
    return fields
      .filter(([, value]) => value !== '')
      .map((field) => `${form.action.split('?')[0]}?${new URLSearchParams([field])}`)
  }

  const brand = document.querySelector('.brand')?.getBoundingClientRect()
  return {
    lang: root.lang,
    dir: root.dir,
    brand: brand ? (brand.left + brand.right) / 2 / clientWidth : null,
    texts,
    faults,
    addresses: [
      ...[...document.querySelectorAll('a[href]')].map(({ href }) => href),
      ...[...document.forms].filter(({ method }) => method === 'get').flatMap(addressesOf),
    ],
  }
}
