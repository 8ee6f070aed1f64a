import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { DESK, expectFits, expectNoAxeViolations, expectQuiet, openPage, PHONE } from '../support/browser.ts'

const pages: Record<string, string> = {
  '/': '<main><h1>Cửa Số</h1><p id="script">không</p><script>document.getElementById("script").textContent = "có"</script></main>',
  '/broken': '<main><h1>Hỏng</h1><img src="/"><div style="width:3000px">rộng</div><script>throw new Error("hỏng")</script></main>',
}
const server = createServer((request, response) => {
  response.setHeader('content-type', 'text/html; charset=utf-8')
  response.end(
    `<!doctype html><html lang="vi"><head><title>Thử</title><meta name="viewport" content="width=device-width"></head><body>${pages[request.url ?? '/'] ?? ''}</body></html>`,
  )
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
afterAll(() => server.close())
const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

test('a good page passes on a phone and at a desk, with and without JavaScript', async () => {
  for (const width of [PHONE, DESK]) {
    for (const javaScript of [true, false]) {
      const page = await openPage(address, { width, javaScript })
      await page.goto('/')
      expect(await page.textContent('#script')).toBe(javaScript ? 'có' : 'không')
      await expectNoAxeViolations(page)
      await expectFits(page)
      expectQuiet(page)
    }
  }
})

test('a page with a nameless picture, a wide block and a script error is found out', async () => {
  const page = await openPage(address, { width: PHONE })
  await page.goto('/broken')
  await expect(expectNoAxeViolations(page)).rejects.toThrow(/image-alt/)
  await expect(expectFits(page)).rejects.toThrow(/sideways/)
  expect(() => expectQuiet(page)).toThrow(/hỏng/)
})
