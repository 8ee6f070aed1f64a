import fc from 'fast-check'
import { Hono } from 'hono'
import type { Child } from 'hono/jsx'
import { describe, expect, test } from 'vitest'
import { pagesAround } from './components/pagination.tsx'
import {
  BarRanking,
  Checkboxes,
  ClockBar,
  DateInput,
  Details,
  EmptyState,
  ErrorSummary,
  errorsBy,
  FilterChips,
  inLanguage,
  type LayoutProps,
  NotificationBanner,
  Panel,
  page,
  Qr,
  Radios,
  readDate,
  readMoney,
  SearchBox,
  Select,
  StatCard,
  SummaryList,
  Table,
  TaskList,
  TextArea,
  TextInput,
  Timeline,
  TrendLine,
} from './index.ts'
import { StyleGuide } from './styleguide.tsx'
import { texts } from './texts.ts'

const html = (element: Child): string => String(element)

const layout: LayoutProps = { title: 'Thử', door: 'portal', locale: 'vi', province: { name: 'Tỉnh Cà Mau' } }

async function render(props: Partial<LayoutProps>, children: Child, path = '/'): Promise<string> {
  const app = new Hono()
  app.get('*', (c) => page(c, { ...layout, ...props }, children))
  return (await app.request(path)).text()
}

describe('what a person typed never becomes markup', () => {
  const nasty = `"><img src=x onerror=alert(1)> & 'Đ'`
  const cases: Record<string, Child> = {
    TextInput: <TextInput name="a" label={nasty} hint={nasty} error={nasty} value={nasty} />,
    TextArea: <TextArea name="a" label={nasty} value={`</textarea>${nasty}`} />,
    Select: <Select name="a" label={nasty} options={[{ value: nasty, label: nasty }]} value={nasty} />,
    Radios: <Radios name="a" label={nasty} options={[{ value: nasty, label: nasty, hint: nasty }]} value={nasty} />,
    Checkboxes: <Checkboxes name="a" label={nasty} options={[{ value: nasty, label: nasty }]} values={[nasty]} />,
    DateInput: <DateInput name="a" label={nasty} value={{ day: nasty, month: nasty, year: nasty }} error={nasty} />,
    ErrorSummary: <ErrorSummary errors={[{ path: nasty, message: { vi: nasty, en: nasty } }]} message={nasty} />,
    NotificationBanner: <NotificationBanner title={nasty}>{nasty}</NotificationBanner>,
    Panel: <Panel title={nasty} reference={nasty} />,
    SummaryList: <SummaryList rows={[{ key: nasty, value: nasty, changeHref: nasty }]} />,
    TaskList: <TaskList tasks={[{ title: nasty, hint: nasty, href: nasty, status: { text: nasty, tone: 'bad' } }]} />,
    Timeline: <Timeline entries={[{ title: nasty, when: nasty, who: nasty, detail: nasty }]} />,
    Table: (
      <Table
        caption={nasty}
        columns={[{ key: 'a', label: nasty, cell: (row: string) => row, sortHref: nasty }]}
        rows={[nasty]}
        rowHref={() => nasty}
      />
    ),
    CompactTable: (
      <Table
        caption={nasty}
        columns={[
          { key: 'a', label: nasty, header: true, cell: (row: string) => row, sortHref: nasty },
          { key: 'b', label: nasty, phone: 'line', cell: () => <em title={nasty}>{nasty}</em> },
        ]}
        rows={[nasty]}
        rowHref={() => nasty}
        rowId={() => nasty}
        footer={{ b: nasty }}
      />
    ),
    FilterChips: <FilterChips label={nasty} chips={[{ text: nasty, href: nasty, on: true }]} clearHref={nasty} />,
    SearchBox: <SearchBox action={nasty} label={nasty} value={nasty} hint={nasty} suggestions={nasty} keep={{ [nasty]: nasty }} />,
    ClockBar: <ClockBar state="soon" used={0.5} text={nasty} due={nasty} />,
    StatCard: <StatCard label={nasty} ratio={0.5} href={nasty} note={nasty} />,
    BarRanking: (
      <BarRanking caption={nasty} unitLabel={nasty} ratioLabel={nasty} units={[{ code: nasty, name: nasty, href: nasty, ratio: 0.5 }]} />
    ),
    TrendLine: <TrendLine id="t" title={nasty} summary={nasty} points={[{ label: nasty, value: 1 }]} unit="count" />,
    EmptyState: <EmptyState title={nasty} action={{ href: nasty, text: nasty }} />,
    Details: <Details summary={nasty}>{nasty}</Details>,
    Qr: <Qr text={nasty} label={nasty} />,
  }
  test.each(Object.entries(cases))('%s', (_name, element) => {
    const out = html(element)
    expect(out).not.toContain('<img')
    expect(out).not.toContain('</textarea>"')
    expect(out).not.toMatch(/="[^"]*" onerror=/)
  })
})

describe('the content security policy has nothing to block', () => {
  test.each(['portal', 'office', 'board', 'admin'] as const)(
    'a page of the %s door has no inline style, script or handler',
    async (door) => {
      const out = await render(
        {
          door,
          user: { name: 'Lê Thị Diễm', roleLabel: 'Hộ tịch' },
          csrfToken: 'x',
          flash: { kind: 'success', text: 'Đã lưu' },
          nav: [{ href: '/', text: 'Đầu' }],
        },
        <StyleGuide locale="vi" />,
      )
      expect(out).not.toMatch(/\sstyle=/)
      expect(out).not.toMatch(/<style/)
      expect(out).not.toMatch(/<script(?![^>]*\bsrc=)/)
      expect(out).not.toMatch(/\son[a-z]+=/)
      expect(out).not.toMatch(/javascript:/)
    },
  )

  test('every id on the style guide is there once', async () => {
    const ids = [...(await render({ door: 'admin' }, <StyleGuide locale="vi" />)).matchAll(/\sid="([^"]+)"/g)].map((match) => match[1])
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
  })

  test('every described-by and label points at something', async () => {
    const out = await render({ door: 'admin' }, <StyleGuide locale="vi" />)
    const ids = new Set([...out.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]))
    const wanted = [...out.matchAll(/\s(?:for|aria-describedby|aria-labelledby)="([^"]+)"/g)].flatMap((match) =>
      (match[1] ?? '').split(' '),
    )
    expect(wanted.filter((id) => !ids.has(id))).toEqual([])
  })
})

describe('every page', () => {
  test('says where one is, in the title and in the language of the reader', async () => {
    const out = await render({ title: { vi: 'Khai sinh', en: 'Birth registration' }, locale: 'en', hasErrors: true }, <h1>x</h1>)
    expect(out).toMatch(/^<!doctype html>\s*<html lang="en"/)
    expect(out).toContain('<title>Error: Birth registration – Cửa Số Tỉnh Cà Mau</title>')
  })

  test('switches language without losing the address', async () => {
    expect(inLanguage('http://x/thu-tuc?q=%C4%91%E1%BA%A5t&page=2&lang=vi', 'en')).toBe('/thu-tuc?q=%C4%91%E1%BA%A5t&page=2&lang=en')
    expect(await render({}, <h1>x</h1>, '/thu-tuc?q=dat')).toContain('href="/thu-tuc?q=dat&amp;lang=en"')
  })

  test('lets nobody sign out by a link: it is a form with a token', async () => {
    const out = await render({ user: { name: 'Út' }, csrfToken: 'token-1' }, <h1>x</h1>)
    expect(out).toMatch(/<form[^>]*method="post"[^>]*action="\/dang-xuat"[^>]*><input type="hidden" name="_csrf" value="token-1"/)
  })
})

test('everything the design system says, it says in both languages', () => {
  const walk = (value: unknown, path: string): string[] =>
    typeof value === 'object' && value !== null && 'vi' in value && 'en' in value
      ? value.vi && value.en && value.vi !== value.en
        ? []
        : [path]
      : Object.entries(value as object).flatMap(([key, inner]) => walk(inner, `${path}.${key}`))
  expect(walk(texts, 'texts').filter((path) => path !== 'texts.pages')).toEqual([])
})

describe('errors find their field', () => {
  const errors = [{ path: 'child.birth', message: { vi: 'Điền ngày sinh.', en: 'Enter the date of birth.' } }]

  test('the link in the summary lands on the first input of the question', () => {
    expect(html(<ErrorSummary errors={errors} />)).toContain('href="#child.birth"')
    expect(html(<DateInput name="child.birth" label="Ngày sinh" error={errorsBy('vi', errors)('child.birth')} />)).toMatch(
      /<input[^>]*id="child\.birth"[^>]*name="child\.birth-day"/,
    )
    expect(html(<Radios name="child.birth" label="?" options={[{ value: 'a', label: 'A' }]} />)).toMatch(/<input[^>]*id="child\.birth"/)
  })

  test('no errors, no summary', () => {
    expect(html(<ErrorSummary errors={[]} />)).toBe('')
    expect(errorsBy('en', errors)('child.birth')).toBe('Enter the date of birth.')
    expect(errorsBy('vi')('child.birth')).toBeUndefined()
  })
})

describe('a date typed in three boxes', () => {
  const typed = (day: string, month: string, year: string) => ({ 'd-day': day, 'd-month': month, 'd-year': year })

  test('is a civil day, with or without leading zeros', () => {
    expect(readDate(typed('8', '3', '2019'), 'd')).toBe('2019-03-08')
    expect(readDate(typed(' 08', '03 ', '2019'), 'd')).toBe('2019-03-08')
  })

  test('that does not exist is an error; empty is not', () => {
    expect(readDate(typed('31', '2', '1990'), 'd')).toBeNull()
    expect(readDate(typed('29', '2', '2023'), 'd')).toBeNull()
    expect(readDate(typed('1', '1', '90'), 'd')).toBeNull()
    expect(readDate(typed('', '1', '1990'), 'd')).toBeNull()
    expect(readDate(typed('', '', ''), 'd')).toBeUndefined()
    expect(readDate({}, 'd')).toBeUndefined()
  })

  test('comes back as it was for every day of two centuries', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }), (at) => {
        const day = at.toISOString().slice(0, 10)
        const out = html(<DateInput name="d" label="?" value={day} />)
        const values = Object.fromEntries([...out.matchAll(/name="([^"]+)"[^>]*value="([^"]+)"/g)].map((match) => [match[1], match[2]]))
        expect(readDate(values, 'd')).toBe(day)
      }),
    )
  })
})

test('an amount may be typed as people write it', () => {
  for (const typed of ['50000', '50.000', '50,000', '50 000', '50.000đ', ' 50.000 đồng', '50.000 VNĐ'])
    expect(readMoney(typed), typed).toBe(50_000)
  for (const typed of ['', 'năm mươi', '5.00', '-5', '1.2.3', '50.000,50']) expect(readMoney(typed), typed).toBeNull()
})

describe('page numbers', () => {
  test('around the middle, with gaps only where they save room', () => {
    expect(pagesAround(7, 1641)).toEqual([1, null, 6, 7, 8, null, 1641])
    expect(pagesAround(3, 5)).toEqual([1, 2, 3, 4, 5])
    expect(pagesAround(1, 1)).toEqual([1])
  })

  test('always hold the first, the last and the current, in order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 1, max: 2000 }), (a, b) => {
        const [current, last] = [Math.min(a, b), Math.max(a, b)]
        const shown = pagesAround(current, last)
        const numbers = shown.filter((n): n is number => n !== null)
        expect(numbers).toEqual([...new Set(numbers)].sort((x, y) => x - y))
        for (const n of [1, current, last]) expect(numbers).toContain(n)
        expect(shown.length).toBeLessThanOrEqual(7)
      }),
    )
  })
})

test('a rate with nothing to divide by is not zero, and not below its target', () => {
  const out = html(<StatCard label="Số hóa" ratio={null} target={0.8} />)
  expect(out).toContain('Chưa có số liệu')
  expect(out).not.toContain('cs-stat--below')
})

test('units without a rate have no rank and do not push others down', () => {
  const out = html(
    <BarRanking
      caption="Xếp hạng"
      unitLabel="Đơn vị"
      ratioLabel="Tỷ lệ"
      units={[
        { code: 'a', name: 'A', ratio: 0.9 },
        { code: 'b', name: 'B', ratio: null },
        { code: 'c', name: 'C', ratio: 0 },
      ]}
    />,
  )
  expect([...out.matchAll(/<td class="cs-keep">([^<]+)<\/td>/g)].map((match) => match[1])).toEqual(['1', '–', '2'])
})

describe('a list that stays short on a phone', () => {
  const columns = [
    { key: 'rank', label: 'Hạng', numeric: true, phone: 'keep', cell: (row: { rank: number }) => row.rank },
    { key: 'name', label: 'Đơn vị', header: true, cell: () => 'Ủy ban nhân dân xã Nguyễn Việt Khái' },
    { key: 'band', label: 'Xếp loại', cell: () => <b>Tốt</b> },
    { key: 'received', label: 'Hồ sơ', numeric: true, cell: () => '1.330' },
  ] as const
  const list = html(<Table caption="Xếp hạng" columns={columns} rows={[{ rank: 1 }]} rowId={() => 'u-1'} rowHref={() => '/x'} />)

  test('is a table with a header to every column and row, and its cells say no more than they must', () => {
    expect(list).toContain('<th scope="col" class="cs-keep">Hạng</th><th scope="col" class="cs-name">Đơn vị</th>')
    expect(list).toContain(
      '<tr data-href="/x" id="u-1"><td class="cs-keep">1</td><th scope="row">Ủy ban nhân dân xã Nguyễn Việt Khái</th><td class="cs-text"><b>Tốt</b></td><td>1.330</td></tr>',
    )
    expect(list).not.toContain('role=')
  })

  test('says that its rows are rows once one takes several lines, because the browser then lays them out as a grid', () => {
    const [rank, ...rest] = columns
    const several = html(<Table caption="Xếp hạng" columns={[{ ...rank, phone: 'third' }, ...rest]} rows={[{ rank: 1 }]} />)
    for (const role of ['table', 'rowgroup', 'row', 'columnheader', 'rowheader', 'cell']) expect(several).toContain(`role="${role}"`)
  })

  test('is a card a row where no column says that it stays', () => {
    expect(html(<Table caption="Xếp hạng" columns={[{ key: 'a', label: 'A', cell: () => 'x' }]} rows={[1]} />)).toContain('data-label="A"')
  })
})
