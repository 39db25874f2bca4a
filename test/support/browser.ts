import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { patience } from './server'

/** Debian's Chromium. */
export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: '/usr/bin/chromium',
    timeout: patience,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-sync',
    ],
  })

/** A browser as a reader has it: its languages, its window. What it complains of is gathered in `complaints`. */
export async function reader(browser: Browser, options: BrowserContextOptions = {}) {
  const context: BrowserContext = await browser.newContext({ locale: 'en', viewport: { width: 1280, height: 900 }, ...options })
  context.setDefaultTimeout(patience)
  const page: Page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    const isExpected = message.text().includes('404 (Not Found)')
    if ((message.type() === 'error' || message.type() === 'warning') && !isExpected) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  return { context, page, complaints }
}
