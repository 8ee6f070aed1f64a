import { Temporal } from 'temporal-polyfill'
import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { type SignedIn, signedIn } from '../../../test/support/signed-in.ts'
import { loadCatalogue } from '../catalogue/index.ts'
import { loadOrganisationData } from '../organisation/index.ts'

const { db, province } = await testDatabase()
const clock = () => Temporal.Instant.from('2026-11-21T08:00:00+07:00')

let house: SignedIn
beforeAll(async () => {
  await loadOrganisationData({ db, clock }, province)
  await loadCatalogue({ db, clock }, province)
  house = await signedIn(db, province, clock)
})

const visit = (path: string) => house.get(path)
const read = async (path: string) => (await visit(path)).text()
const places = (html: string, ...parts: string[]) => parts.map((part) => html.indexOf(part))

describe('the first page', () => {
  test('asks one question, offers twelve events of life, and says where my dossier is', async () => {
    const html = await read('/')
    expect(html).toContain('Bạn cần làm gì?')
    expect(html.match(/href="\/su-kien\//g)).toHaveLength(12)
    expect(html).toContain('Hồ sơ của tôi đến đâu rồi?')
    expect(html).toMatch(/<form[^>]*action="\/tra-cuu"/)
    expect(html).toContain('data-src="/goi-y"')
    expect(html.match(/<h1/g)).toHaveLength(1)
  })

  test('speaks English to whoever asks', async () => {
    expect(await read('/?lang=en')).toContain('What do you need to do?')
  })
})

describe('the list', () => {
  test('finds land without accents, by Enter, without JavaScript', async () => {
    const html = await read('/thu-tuc?q=dat+dai')
    expect(html).toContain('Hòa giải tranh chấp đất đai')
    expect(html).toContain('value="dat dai"')
  })

  test('tells that it guessed when nothing has the words as typed', async () => {
    const html = await read('/thu-tuc?q=khai+sih')
    expect(html).toContain('Không có thủ tục nào đúng chữ bạn gõ')
    expect(html).toContain('/thu-tuc/1.001193')
  })

  test('keeps its filters in the address and can take each away', async () => {
    const html = await read('/thu-tuc?linh-vuc=dat-dai&cap=commune')
    expect(html).toMatch(/class="cs-chip cs-chip--on" href="\/thu-tuc\?linh-vuc=dat-dai"/)
    expect(html).not.toContain('/thu-tuc/1.001193"')
  })

  test('says what to do when it is empty, and never shows what was typed as markup', async () => {
    const html = await read(`/thu-tuc?q=${encodeURIComponent('<b>zzzz</b> qqqqq')}`)
    expect(html).toContain('Không tìm thấy thủ tục nào')
    expect(html).not.toContain('<b>zzzz')
  })

  test('shows the second page, and nothing is on both', async () => {
    const codes = (html: string) => [...html.matchAll(/href="\/thu-tuc\/([0-9.]+)"/g)].map(([, code]) => code)
    const [first, second] = [codes(await read('/thu-tuc')), codes(await read('/thu-tuc?trang=2'))]
    expect(first).toHaveLength(20)
    expect(second.length).toBeGreaterThan(0)
    expect(first.filter((code) => second.includes(code))).toEqual([])
  })
})

describe('the page of a procedure', () => {
  test('answers in the order people ask: what, who, how long, how much, what to bring, start', async () => {
    const html = await read('/thu-tuc/1.009994')
    const order = places(
      html,
      'Bạn nhận được gì',
      'Ai được làm',
      'Mất bao lâu',
      'Tốn bao nhiêu tiền',
      'Cần chuẩn bị gì',
      'href="/nop/1.009994"',
      'Cách khác',
      'Căn cứ pháp lý',
    )
    expect(order).toEqual([...order].sort((a, b) => a - b))
    expect(order).not.toContain(-1)
    expect(html).toContain('10 ngày')
    expect(html).toContain('75.000 đ')
    expect(html).toContain('✓ Có thể lấy từ: Dữ liệu đất đai')
  })

  test('of a day under the district shows the district’s rules, and no start button', async () => {
    const html = await read('/thu-tuc/1.009994?ngay=2024-06-01')
    expect(html).toContain('15 ngày')
    expect(html).toContain('Ủy ban nhân dân huyện')
    expect(html).not.toContain('href="/nop/1.009994"')
    expect(html).toContain('không phải hôm nay')
  })

  test('names the department as it is called on that day', async () => {
    expect(await read('/thu-tuc/1.010727')).toContain('Sở Nông nghiệp và Môi trường')
    expect(await read('/thu-tuc/1.010727?ngay=2024-06-01')).toContain('Sở Tài nguyên và Môi trường')
  })

  test('that does not exist, or is no longer received, is not found, and says what to try', async () => {
    for (const path of ['/thu-tuc/9.999999', '/thu-tuc/2.000488', '/thu-tuc/%27%3Bdrop']) {
      const response = await visit(path)
      expect(response.status, path).toBe(404)
      expect(await response.text()).toContain('tìm thủ tục theo tên')
    }
  })

  test('is light enough for a cheap phone', async () => {
    for (const path of ['/', '/thu-tuc', '/thu-tuc/1.009994', '/su-kien/sinh-con']) {
      const { byteLength } = await new Response(
        new Blob([await read(path)]).stream().pipeThrough(new CompressionStream('gzip')),
      ).arrayBuffer()
      expect(byteLength, path).toBeLessThan(20_000)
    }
  })
})

test('an event of life leads to its procedures; an unknown one is not found', async () => {
  const html = await read('/su-kien/nguoi-than-qua-doi')
  expect(html).toContain('Đăng ký khai tử')
  expect(html).toContain('Hỗ trợ chi phí mai táng')
  expect((await visit('/su-kien/trung-so')).status).toBe(404)
})

test('suggestions answer while typing', async () => {
  const { items } = (await (await visit('/goi-y?q=so+do')).json()) as { items: { text: string; href: string }[] }
  expect(items[0]?.href).toMatch(/^\/thu-tuc\//)
  expect(((await (await visit('/goi-y?q=')).json()) as { items: unknown[] }).items).toEqual([])
})

describe('the JSON of the catalogue', () => {
  test('searches, and gives one procedure as of a day', async () => {
    const found = (await (await visit('/api/v1/procedures?q=giay%20doc%20than')).json()) as {
      total: number
      procedures: { code: string }[]
    }
    expect(found.procedures[0]?.code).toBe('1.004873')
    const then = (await (await visit('/api/v1/procedures/1.009994?date=2025-06-30')).json()) as { tiers: string[]; versions: unknown[] }
    expect(then.tiers).toEqual(['district'])
    expect(then.versions.length).toBeGreaterThan(2)
  })

  test('refuses a day that does not exist, and says which procedure is not there', async () => {
    expect((await visit('/api/v1/procedures/1.009994?date=2025-02-31')).status).toBe(422)
    const missing = await visit('/api/v1/procedures/7.777777')
    expect(missing.status).toBe(404)
    expect(((await missing.json()) as { code: string }).code).toBe('catalogue.procedure-not-found')
  })
})
