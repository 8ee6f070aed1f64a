import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { expectFits, expectNoAxeViolations, expectQuiet, openPage, type PageOptions } from './browser.ts'

/** Passwords of the demo, printed at every start. */
const OFFICERS_PASSWORD = 'cuaso-demo-2026'
const CITIZENS_PASSWORD = 'congdan-2026'

const HOUSE = / – Cửa Số Tỉnh Cà Mau$/

/** How somebody works a page: with a pointer, or with nothing but keys. */
export interface Hands {
  type(field: Locator, text: string): Promise<void>
  /** One of several: the radio button or the tick box with that value. */
  choose(option: Locator): Promise<void>
  select(field: Locator, label: string): Promise<void>
  press(button: Locator): Promise<void>
}

/** Points and clicks. */
export const pointer: Hands = {
  type: (field, text) => field.fill(text),
  choose: (option) => option.check(),
  select: async (field, label) => void (await field.selectOption({ label })),
  press: (button) => button.click(),
}

const MANY = 120

/** Tabs on until the element has the focus, as somebody without a pointer would. */
async function reach(target: Locator): Promise<void> {
  await target.waitFor()
  const page = target.page()
  for (let tabs = 0; tabs < MANY; tabs += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`the keyboard does not reach ${target}`)
}

/** Only keys: Tab, arrows, Space, Enter. */
export const keys: Hands = {
  async type(field, text) {
    await reach(field)
    await field.page().keyboard.press('Control+A')
    await field.page().keyboard.insertText(text)
  },
  async choose(option) {
    const { keyboard } = option.page()
    const name = await option.getAttribute('name')
    if ((await option.getAttribute('type')) === 'checkbox') {
      await reach(option)
      await keyboard.press('Space')
      return
    }
    // A group of radio buttons is one stop: the chosen one, or the first.
    const group = option.page().locator(`input[type=radio][name="${name}"]`)
    const chosen = group.and(option.page().locator(':checked'))
    await reach((await chosen.count()) > 0 ? chosen : group.first())
    await keyboard.press('Space')
    for (let moves = 0; moves < MANY && !(await option.isChecked()); moves += 1) await keyboard.press('ArrowDown')
    expect(await option.isChecked()).toBe(true)
  },
  async select(field, label) {
    const { keyboard } = field.page()
    await reach(field)
    const wanted = await field.locator('option', { hasText: label }).first().getAttribute('value')
    for (let moves = 0; moves < MANY && (await field.inputValue()) !== wanted; moves += 1) await keyboard.press('ArrowDown')
    expect(await field.inputValue()).toBe(wanted)
  },
  async press(button) {
    await reach(button)
    await button.page().keyboard.press('Enter')
  },
}

/** Somebody at a screen of their own, who looks at every page they come to. */
export class Person {
  readonly page: Page
  readonly #hands: Hands

  private constructor(page: Page, hands: Hands) {
    this.page = page
    this.#hands = hands
  }

  static async at(baseUrl: string, options: PageOptions & { hands?: Hands } = {}): Promise<Person> {
    return new Person(await openPage(baseUrl, options), options.hands ?? pointer)
  }

  field(name: string): Locator {
    return this.page.locator(`main [name="${name}"]`)
  }

  type(name: string, text: string): Promise<void> {
    return this.#hands.type(this.field(name), text)
  }

  choose(name: string, value: string): Promise<void> {
    return this.#hands.choose(this.page.locator(`main [name="${name}"][value="${value}"]`))
  }

  select(name: string, label: string): Promise<void> {
    return this.#hands.select(this.field(name), label)
  }

  async date(name: string, day: string): Promise<void> {
    const [year = '', month = '', date = ''] = day.split('-')
    await this.type(`${name}-day`, date)
    await this.type(`${name}-month`, month)
    await this.type(`${name}-year`, year)
  }

  /** Presses something that leads to another page, and is there. */
  async press(target: string | Locator): Promise<void> {
    const button = typeof target === 'string' ? this.page.locator('main').getByRole('button', { name: target, exact: true }) : target
    await Promise.all([this.page.waitForEvent('load'), this.#hands.press(button)])
  }

  async follow(link: string | RegExp): Promise<void> {
    await this.press(this.page.getByRole('link', { name: link }).first())
  }

  async open(path: string): Promise<void> {
    await this.page.goto(path)
  }

  /** Opens a folded part of the page. */
  async unfold(summary: string): Promise<void> {
    await this.#hands.press(this.page.locator('main summary', { hasText: summary }))
  }

  /** Is on the page called so, which fits the window and has no barrier that axe knows. */
  async isOn(title: string): Promise<void> {
    const shown = await this.page.title()
    expect(shown).toMatch(HOUSE)
    expect(shown.replace(HOUSE, '')).toBe(title)
    expect(await this.page.locator('h1').count()).toBe(1)
    await this.looksRight()
  }

  async looksRight(): Promise<void> {
    await expectFits(this.page)
    await expectNoAxeViolations(this.page)
  }

  async reads(...texts: (string | RegExp)[]): Promise<void> {
    const main = (await this.page.locator('main').innerText()).replace(/\s+/g, ' ')
    for (const text of texts) typeof text === 'string' ? expect(main).toContain(text) : expect(main).toMatch(text)
  }

  async doesNotRead(...texts: string[]): Promise<void> {
    const body = await this.page.locator('body').innerText()
    for (const text of texts) expect(body).not.toContain(text)
  }

  /** The part of the page that holds the focus says so. */
  focus(): Promise<string> {
    return this.page.evaluate<string>('document.activeElement?.id || document.activeElement?.textContent?.trim() || ""')
  }

  async signInAsCitizen(number: string): Promise<void> {
    await this.isOn('Đăng nhập')
    await this.follow(/VNeID/)
    await this.isOn('VNeID mô phỏng')
    await this.type('number', number)
    await this.type('password', CITIZENS_PASSWORD)
    await this.press('Đăng nhập')
  }

  async signInAsOfficer(username: string): Promise<void> {
    await this.isOn('Đăng nhập dành cho cán bộ')
    await this.type('username', username)
    await this.type('password', OFFICERS_PASSWORD)
    await this.press('Đăng nhập')
  }

  /** Nothing failed behind their back. */
  wasNotLetDown(): void {
    expectQuiet(this.page)
  }
}
