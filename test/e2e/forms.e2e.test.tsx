import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { afterAll, describe, expect, test } from 'vitest'
import type { Web } from '../../src/kernel/http/context.ts'
import { staticFiles } from '../../src/kernel/http/static.ts'
import { clientFolder } from '../../src/kernel/paths.ts'
import { type AddressBook, type Answers, check, FormFields, hasFiles, pageOf, readForms } from '../../src/modules/form/index.ts'
import { Button, ErrorSummary, Form, page as render } from '../../src/ui/index.ts'
import { expectFits, expectNoAxeViolations, expectQuiet, openPage, PHONE, screenshot } from '../support/browser.ts'

const forms = (await readForms()).map(({ definition }) => definition)
const book: AddressBook = {
  home: { code: '96', name: 'Tỉnh Cà Mau', communes: [{ code: '32244', validFrom: '2025-07-01', name: 'Xã Đất Mũi' }] },
  others: [{ code: '92', name: 'Thành phố Cần Thơ' }],
}

/** Answers that open as many questions as one page can hold: every yes said, every group with an item, every paper there. */
function open(definition: (typeof forms)[number], pageId: string): Answers {
  const paper = {
    sha256: 'a'.repeat(64),
    name: 'giay-to-co-ten-rat-dai-chup-bang-dien-thoai-20261121.pdf',
    size: 1_234_567,
    type: 'application/pdf',
  }
  const page = pageOf(definition, pageId)
  return Object.fromEntries(
    (page?.fields ?? []).map((field) => [
      field.id,
      field.type === 'yesNo'
        ? true
        : field.type === 'group'
          ? [{}]
          : field.type === 'file'
            ? [paper]
            : field.type === 'choice'
              ? field.options[1]?.value
              : undefined,
    ]),
  )
}

const web = new Hono()
const assets = staticFiles(clientFolder)
web.use(async (c, next) => assets(c as unknown as Web) ?? next())
web.get('/:form/:page', (c) => {
  const definition = forms.find(({ code }) => code === c.req.param('form'))
  const page = definition && pageOf(definition, c.req.param('page'))
  if (!definition || !page) return c.notFound()
  const answers = open(definition, page.id)
  const { errors } = check(definition, answers, { mode: 'submit', today: '2026-11-21' }, page)
  return render(
    c,
    { title: page.title, door: 'portal', locale: 'vi', province: { name: 'Tỉnh Cà Mau' }, hasErrors: errors.length > 0 },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={errors} />
        <h1 class="govuk-heading-l">{page.title.vi}</h1>
        <Form csrfToken="token" files={hasFiles(page)}>
          <FormFields definition={definition} page={page} answers={answers} errors={errors} book={book} locale="vi" />
          <Button>Lưu và tiếp tục</Button>
        </Form>
      </div>
    </div>,
  )
})
const server = createServer(getRequestListener(web.fetch))
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
afterAll(() => server.close())
const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

describe.each(forms)('$code, on a phone without JavaScript', ({ code, pages }) => {
  test.each(pages)('$id, with everything open and everything wrong', async ({ id }) => {
    const page = await openPage(address, { width: PHONE, javaScript: false })
    await page.goto(`/${code}/${id}`)
    await expectNoAxeViolations(page)
    await expectFits(page)
    for (const link of await page.locator('.govuk-error-summary a').all()) {
      const target = (await link.getAttribute('href'))?.slice(1) ?? ''
      expect(await page.locator(`[id="${target}"]`).count(), target).toBe(1)
    }
    if (code === 'thanh-lap-ho-kinh-doanh' || id === 'giay-chung-nhan' || id === 'noi-sinh') await screenshot(page, `form-${code}-${id}`)
    expectQuiet(page)
  })
})
