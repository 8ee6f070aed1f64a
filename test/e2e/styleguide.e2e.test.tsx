import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import type { Child } from 'hono/jsx'
import type { Page } from 'playwright-core'
import { afterAll, describe, expect, test } from 'vitest'
import type { Web } from '../../src/kernel/http/context.ts'
import { staticFiles } from '../../src/kernel/http/static.ts'
import { clientFolder } from '../../src/kernel/paths.ts'
import {
  Button,
  CopyButton,
  DateInput,
  type Door,
  Form,
  KeyboardHints,
  type LayoutProps,
  Live,
  page as render,
  SearchBox,
  Table,
  TextInput,
} from '../../src/ui/index.ts'
import { StyleGuide } from '../../src/ui/styleguide.tsx'
import { DESK, expectFits, expectNoAxeViolations, expectQuiet, openPage, PHONE } from '../support/browser.ts'

const layout = (door: Door): LayoutProps => ({
  title: { vi: 'Giao diện', en: 'Style guide' },
  door,
  locale: 'vi',
  province: { name: 'Tỉnh Cà Mau' },
  nav: [{ href: '/', text: 'Việc của tôi', current: true, count: 12 }],
  user: { name: 'Nguyễn Thị Hồng Nhung', roleLabel: 'Cán bộ Một cửa' },
  csrfToken: 'token',
})

const lines = ['H12.101-261118-0042', 'H12.101-261112-0007', 'H12.101-261030-0113']
const sent: string[] = []
let streams = 0

const islands: Record<string, Child> = {
  search: <SearchBox action="/found" label="Bạn cần làm gì?" suggestions="/suggest" />,
  keys: (
    <>
      <SearchBox action="/found" label="Tìm hồ sơ" />
      <KeyboardHints hints={[{ keys: 'j k', does: 'xuống, lên' }]} />
      <Table
        caption="Việc của tôi"
        keys
        rows={lines}
        rowHref={(code) => `/open/${code}`}
        columns={[
          {
            key: 'pick',
            label: 'Chọn',
            labelHidden: true,
            cell: (code) => <input type="checkbox" name="pick" value={code} aria-label={code} />,
          },
          { key: 'code', label: 'Mã hồ sơ', header: true, cell: (code) => <a href={`/open/${code}`}>{code}</a> },
        ]}
      />
    </>
  ),
  intake: (
    <Form csrfToken="x" action="/send">
      <TextInput name="card" label="Quét thẻ" card="phone" />
      <TextInput name="name" label="Họ và tên" fill="name" />
      <DateInput name="birth" label="Ngày sinh" fill="birth" />
      <TextInput name="phone" label="Số điện thoại" />
    </Form>
  ),
  guard: (
    <Form csrfToken="x" action="/send" unsaved>
      <TextInput name="name" label="Họ và tên" />
      <Button name="step" value="next">
        Gửi
      </Button>
    </Form>
  ),
  copy: <CopyButton text="K7QM-2D4X-PT9C" />,
  live: (
    <Live stream="/stream">
      <p id="rate">cũ</p>
      <p id="count">0</p>
    </Live>
  ),
}

const policy =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

const app = new Hono()
app.use(async (c, next) => {
  c.header('content-security-policy', policy)
  await next()
})
app.get('/guide/:door', (c) => render(c, layout(c.req.param('door') as Door), <StyleGuide locale="vi" />))
app.get('/plain', (c) => render(c, { ...layout('portal'), user: undefined }, <h1 class="govuk-heading-xl">Bạn cần làm gì?</h1>))
app.get('/island/:name', (c) =>
  render(
    c,
    layout('office'),
    <>
      <h1>Thử</h1>
      {islands[c.req.param('name')]}
    </>,
  ),
)
app.get('/suggest', (c) => c.json({ items: [{ text: 'Đăng ký khai sinh', href: '/open/1.001193', detail: 'Hộ tịch' }] }))
app.get('/open/:code', (c) => render(c, layout('portal'), <h1>{c.req.param('code')}</h1>))
app.get('/found', (c) => render(c, layout('portal'), <h1>{c.req.query('q')}</h1>))
app.post('/send', async (c) => {
  sent.push(JSON.stringify(await c.req.parseBody()))
  await new Promise((resolve) => setTimeout(resolve, 700))
  return render(c, layout('portal'), <h1>Đã gửi</h1>)
})
app.get('/stream', () => {
  streams += 1
  const changed = { html: { rate: '<p id="rate">97,3 %</p>', gone: '<p>x</p>' }, text: { count: '82.015' } }
  const body = `id: 1\nevent: board\ndata: ${JSON.stringify(changed)}\n\n`
  // The first connection says its piece and breaks off: the browser has to come back.
  return streams > 1 ? new Response(null, { status: 503 }) : new Response(body, { headers: { 'content-type': 'text/event-stream' } })
})
const assets = staticFiles(clientFolder)
app.notFound((c) => assets(c as unknown as Web) ?? new Response('not found', { status: 404 }))

const server = createServer(getRequestListener(app.fetch))
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

const openDetails = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true
  })

describe('the style guide', () => {
  for (const width of [PHONE, DESK]) {
    for (const scheme of ['light', 'dark'] as const) {
      test(`has no accessibility violation and fits ${width} px, ${scheme}, with everything opened`, async () => {
        const page = await openPage(address, { width })
        await page.emulateMedia({ colorScheme: scheme })
        await page.goto('/guide/admin')
        await openDetails(page)
        await expectNoAxeViolations(page)
        await expectFits(page)
        expectQuiet(page)
      })
    }
  }

  test('never asks for anything the content security policy forbids, in any door', async () => {
    for (const door of ['portal', 'office', 'board', 'admin']) {
      const page = await openPage(address, { width: DESK })
      await page.goto(`/guide/${door}`)
      expectQuiet(page)
    }
  })

  test('draws text in our own font, each letter of the alphabet included', async () => {
    const page = await openPage(address)
    await page.goto('/guide/portal')
    const loaded = await page.evaluate(async () => {
      await document.fonts.ready
      return [...document.fonts].filter((font) => font.status === 'loaded').map((font) => `${font.family} ${font.weight}`)
    })
    expect(loaded).toEqual(expect.arrayContaining(['Be Vietnam Pro 400', 'Be Vietnam Pro 600']))
  })
})

/** How many pixels of two pictures differ by more than a shade: a mark cut off leaves none. */
const differing = (judge: Page, one: string, other: string): Promise<number> =>
  judge.evaluate(
    async ([a, b]) => {
      const pixels = async (data: string): Promise<ImageData> => {
        const image = new Image()
        image.src = `data:image/png;base64,${data}`
        await image.decode()
        const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height })
        const context = canvas.getContext('2d') as CanvasRenderingContext2D
        context.drawImage(image, 0, 0)
        return context.getImageData(0, 0, image.width, image.height)
      }
      const [left, right] = [await pixels(a), await pixels(b)]
      let count = 0
      for (let at = 0; at < left.data.length; at += 4) if (Math.abs((left.data[at] ?? 0) - (right.data[at] ?? 0)) > 80) count += 1
      return count
    },
    [one, other] as const,
  )

test('a name in capitals keeps its marks in a field: NGUYỄN is not NGUYÊN, ẨM is not ẤM', async () => {
  const judge = await openPage(address)
  await judge.goto('about:blank')
  for (const door of ['portal', 'admin']) {
    const page = await openPage(address)
    await page.goto(`/guide/${door}`)
    await page.evaluate(() => document.fonts.ready)
    const field = page.locator('input[name="guide.name"]')
    const picture = async (value: string): Promise<string> => {
      await field.fill(value)
      await field.blur()
      return (await field.screenshot({ animations: 'disabled' })).toString('base64')
    }
    for (const [one, other] of [
      ['NGUYỄN', 'NGUYÊN'],
      ['ẨM', 'ẤM'],
      ['Ằ', 'Ắ'],
    ] as const) {
      const [first, second, third] = [await picture(one), await picture(other), await picture(one)]
      const [marks, chance] = [await differing(judge, first, second), await differing(judge, first, third)]
      expect(marks, `${one} looks like ${other}`).toBeGreaterThan(chance + 2)
    }
  }
})
test('the frame of a public page, fonts and all, leaves half of the 60 kB for what the page says', async () => {
  const page = await openPage(address)
  const bodies: Promise<[string, number]>[] = []
  page.on('response', (response) => {
    const measure = async (): Promise<[string, number]> => {
      const body = await response.body()
      const type = response.headers()['content-type'] ?? ''
      return [new URL(response.url()).pathname, type.startsWith('font/') ? body.length : gzipSync(body).length]
    }
    bodies.push(measure())
  })
  await page.goto('/plain', { waitUntil: 'networkidle' })
  const sizes = await Promise.all(bodies)
  const total = sizes.reduce((sum, [, size]) => sum + size, 0)
  const kinds = (end: string): number => sizes.filter(([path]) => path.endsWith(end)).reduce((sum, [, size]) => sum + size, 0)
  expect(kinds('.css'), 'css').toBeLessThanOrEqual(14_000)
  expect(kinds('.woff2'), 'fonts').toBeLessThanOrEqual(30_000)
  expect(kinds('.js'), 'js').toBeLessThanOrEqual(6_000)
  expect(total, JSON.stringify(sizes)).toBeLessThanOrEqual(40_000)
})

describe('islands', () => {
  test('search answers while one types, by keyboard alone', async () => {
    const page = await openPage(address)
    await page.goto('/island/search')
    await page.getByRole('combobox').pressSequentially('khai')
    await page.getByRole('option', { name: /Đăng ký khai sinh/ }).waitFor()
    await expectNoAxeViolations(page)
    await page.keyboard.press('ArrowDown')
    expect(await page.getByRole('combobox').getAttribute('aria-activedescendant')).toBe('search-list-0')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '1.001193' }).waitFor()
    expectQuiet(page)
  })

  test('search works by Enter without JavaScript', async () => {
    const page = await openPage(address, { javaScript: false })
    await page.goto('/island/search')
    await page.getByLabel('Bạn cần làm gì?').fill('đất')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'đất' }).waitFor()
  })

  test('the office moves, ticks, searches and opens without a mouse, and can switch the keys off', async () => {
    const page = await openPage(address)
    await page.goto('/island/keys')
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    expect(await page.getByRole('checkbox', { name: lines[1] as string }).isChecked()).toBe(true)
    await page.keyboard.press('/')
    expect(await page.getByLabel('Tìm hồ sơ').evaluate((input) => input === document.activeElement)).toBe(true)
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await page.getByRole('button', { name: 'Tắt phím tắt' }).click()
    await page.keyboard.press('k')
    expect(await page.locator('.cs-row--here').textContent()).toContain(lines[1])
    await page.getByRole('button', { name: 'Bật phím tắt' }).click()
    await page.keyboard.press('k')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: lines[0] as string }).waitFor()
    expectQuiet(page)
  })

  test('a scanned card fills the person and hands over to the next field', async () => {
    const page = await openPage(address)
    await page.goto('/island/intake')
    await page.getByLabel('Quét thẻ').fill('096190000017||Huỳnh Thị Ngọc Bích|08031990|Nữ|Ấp 5, Nguyễn Phích|12052021')
    await page.keyboard.press('Enter')
    expect(await page.getByLabel('Họ và tên').inputValue()).toBe('Huỳnh Thị Ngọc Bích')
    expect(await page.getByLabel('Tháng').inputValue()).toBe('3')
    expect(await page.getByLabel('Số điện thoại').evaluate((input) => input === document.activeElement)).toBe(true)
    await page.getByText('Đã điền theo thẻ của Huỳnh Thị Ngọc Bích.').waitFor()
    expectQuiet(page)
  })

  test('two clicks send once, with the name of the button, and the page says that it is sending', async () => {
    const page = await openPage(address)
    // While a page is being left nobody can ask it anything, so it notes for itself what it said.
    await page.addInitScript(() => {
      new MutationObserver(() => {
        const said = document.querySelector('.cs-sending')?.textContent
        if (said) sessionStorage.setItem('said', said)
      }).observe(document, { subtree: true, childList: true, characterData: true })
    })
    await page.goto('/island/guard')
    await page.getByLabel('Họ và tên').fill('Út')
    sent.length = 0
    await page.getByRole('button', { name: 'Gửi' }).dblclick({ noWaitAfter: true })
    await page.getByRole('heading', { name: 'Đã gửi' }).waitFor()
    expect(await page.evaluate(() => sessionStorage.getItem('said'))).toBe('Đang gửi…')
    expect(sent).toEqual([JSON.stringify({ _csrf: 'x', name: 'Út', step: 'next' })])
    expectQuiet(page)
  })

  test('a reference is copied by one button, which is not there when the browser cannot', async () => {
    const without = await openPage(address, { javaScript: false })
    await without.goto('/island/copy')
    expect(await without.locator('[data-copy]').isVisible()).toBe(false)
    const page = await openPage(address)
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.goto('/island/copy')
    await page.getByRole('button', { name: 'Chép mã' }).click()
    await page.getByRole('button', { name: 'Đã chép' }).waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('K7QM-2D4X-PT9C')
  })

  test('the board changes without a reload, and says when it has lost its stream', async () => {
    const page = await openPage(address)
    streams = 0
    await page.goto('/island/live')
    await page.getByText('97,3 %').waitFor()
    await page.getByText('82.015').waitFor()
    await page.getByText(/^Mất kết nối\. Số liệu dưới đây là của lúc \d\d:\d\d/).waitFor()
    await expect.poll(() => streams, { timeout: 15_000 }).toBeGreaterThan(2)
  })
})
