// Opens the proxy's page in a real browser: prints what a person would read, and fails on any console error or foreign request.
// Arguments: folder with the clients' node_modules, page URL, path of the screenshot.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs20.x'
const [modules, url, shot] = process.argv.slice(2)
const require = createRequire(join(modules, 'x.js'))
const load = async (name) => {
  const loaded = await import(pathToFileURL(require.resolve(name)).href)
  return loaded.default ?? loaded
}
const chromium = await load('@sparticuz/chromium')
const { chromium: driver } = await load('playwright-core')
const browser = await driver.launch({
  executablePath: await chromium.executablePath(),
  args: chromium.args,
  headless: true,
})
const page = await browser.newPage({ viewport: { width: 1200, height: 900 } })
const faults = []
page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
page.on('pageerror', (error) => faults.push(String(error)))
page.on(
  'request',
  (request) => new URL(request.url()).host !== new URL(url).host && faults.push(`foreign request ${request.url()}`),
)
await page.goto(url)
await page.waitForTimeout(1500)
// biome-ignore lint/performance/useDomNodeTextContent: what a person reads, not what the markup holds
const text = await page.innerText('body')
await page.screenshot({ path: shot })
await browser.close()
console.log(JSON.stringify({ text, faults }))
