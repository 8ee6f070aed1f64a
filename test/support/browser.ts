import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, expect, inject } from 'vitest'
import { projectRoot } from '../../src/kernel/paths.ts'

/** Screens people hold and sit at. */
export const PHONE = 360
export const DESK = 1280

export interface PageOptions {
  /** Width of the window in pixels: PHONE or DESK. */
  readonly width?: number
  readonly javaScript?: boolean
  /** Comes in before the page is handed over: signs in, accepts, chooses a language. */
  readonly as?: (page: Page) => Promise<void>
}

let opening: Promise<Browser> | undefined

/** One browser a test file, started when first needed. */
function openBrowser(): Promise<Browser> {
  if (!opening) {
    const { executablePath, env } = inject('chromium')
    // The sandbox needs rights that root in a container lacks; the pages under test are our own.
    opening = chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--headless=shell'],
      env: { ...(process.env as Record<string, string>), ...env },
    })
    afterAll(async () => (await opening)?.close())
  }
  return opening
}

/** Errors a page reported (exceptions, failed requests, blocked scripts), collected while it is used. */
const complaints = new WeakMap<Page, string[]>()

/**
 * A new visitor with a window of their own, on the house at `baseUrl`. Closes with the browser.
 * Call `expectQuiet(page)` at the end: nothing may have gone wrong unseen.
 */
export async function openPage(baseUrl: string, options: PageOptions = {}): Promise<Page> {
  const browser = await openBrowser()
  const width = options.width ?? DESK
  const context = await browser.newContext({
    baseURL: baseUrl,
    javaScriptEnabled: options.javaScript ?? true,
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    viewport: { width, height: width < 600 ? 740 : 900 },
    hasTouch: width < 600,
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  if (options.javaScript === false) scriptless.add(page)
  const seen: string[] = []
  complaints.set(page, seen)
  page.on('pageerror', (error) => seen.push(`${page.url()}: ${error.message}`))
  page.on(
    'console',
    (message) => message.type() === 'error' && !/status of 4\d\d/.test(message.text()) && seen.push(`${page.url()}: ${message.text()}`),
  )
  page.on('response', (response) => response.status() >= 500 && seen.push(`${response.url()}: ${response.status()}`))
  await options.as?.(page)
  return page
}

/** Nothing failed behind the page's back: no exception, no blocked or broken request. */
export function expectQuiet(page: Page): void {
  const seen = complaints.get(page) ?? []
  expect(seen, seen.join('; ')).toEqual([])
}

/** Visitors whose JavaScript is off. */
const scriptless = new WeakSet<Page>()

/** The same document without its scripts, where axe (itself JavaScript) can run. */
async function readable(page: Page): Promise<Page> {
  if (!scriptless.has(page)) return page
  const html = (await page.content()).replace(/<script\b[^>]*>[\s\S]*?<\/script>/gi, '')
  const copy = await (await (await openBrowser()).newContext({ viewport: page.viewportSize(), reducedMotion: 'reduce' })).newPage()
  await copy.route(page.url(), (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }))
  await copy.goto(page.url())
  return copy
}

/** Pages without barriers, by window and shape: elements with what they are to a reader and a style sheet, words left out. */
const looked = new Set<string>()

async function shapeOf(page: Page): Promise<string> {
  const html = (await page.content())
    .replace(/<(script|svg)\b[\s\S]*?<\/\1>/gi, '')
    .replace(/ (?:value|href|action|content|nonce|d|data-[\w-]+)="[^"]*"/g, '')
    .replace(/>[^<]*[^<\s][^<]*</g, '>…<')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}|\d+/g, '0')
  return `${page.viewportSize()?.width} ${createHash('sha256').update(html).digest('hex')}`
}

/**
 * WCAG 2.2 AA and the best practices axe knows; every violation is named with where it is. A page of a shape this test file has already
 * looked at in the same window is not looked at again: axe takes longer than everything else together.
 */
export async function expectNoAxeViolations(page: Page): Promise<void> {
  const shape = await shapeOf(page)
  if (looked.has(shape)) return
  // Our pages hold no frames of others, so axe needs no second page to put its findings together.
  const { violations } = await new AxeBuilder({ page: await readable(page) })
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] })
    .analyze()
  const found = violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id} (${help}): ${target.join(' ')}`))
  expect(found, `axe on ${page.url()}: ${found.join('; ')}`).toEqual([])
  looked.add(shape)
}

/** Nothing is wider than the window: a phone never scrolls sideways. */
export async function expectFits(page: Page): Promise<void> {
  // A string, so that it also runs where the page's own JavaScript is off.
  const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
  expect(overflow, `${page.url()} scrolls sideways`).toBeLessThanOrEqual(0)
}

/** A picture of the whole page in test-results/, to look at by hand. */
export async function screenshot(page: Page, name: string): Promise<string> {
  const folder = join(projectRoot, 'test-results')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${name}-${page.viewportSize()?.width ?? 0}.png`)
  await page.screenshot({ path, fullPage: true })
  return path
}
