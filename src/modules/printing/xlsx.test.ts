import { inflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { cellDay, cellText, cellTime } from './rules/cell.ts'
import { type XlsxColumn, xlsx } from './xlsx.ts'

/** Reads the files of a zip by its central directory. */
function unzip(bytes: Uint8Array): Map<string, string> {
  const zip = Buffer.from(bytes)
  const files = new Map<string, string>()
  let at = zip.readUInt32LE(zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1')) + 16)
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const [method, size, named, extra, comment, local] = [
      zip.readUInt16LE(at + 10),
      zip.readUInt32LE(at + 20),
      zip.readUInt16LE(at + 28),
      zip.readUInt16LE(at + 30),
      zip.readUInt16LE(at + 32),
      zip.readUInt32LE(at + 42),
    ]
    const name = zip.toString('utf8', at + 46, at + 46 + named)
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const content = zip.subarray(from, from + size)
    files.set(name, (method === 8 ? inflateRawSync(content) : content).toString('utf8'))
    at += 46 + named + extra + comment
  }
  return files
}

interface Row {
  code: string
  at: string
  day: string
  fee: number
}

const columns: readonly XlsxColumn<Row>[] = [
  { header: 'Mã hồ sơ', value: (row) => row.code },
  { header: 'Ngày nhận', kind: 'time', value: (row) => row.at },
  { header: 'Ngày hẹn', kind: 'day', value: (row) => row.day },
  { header: 'Phí', kind: 'money', value: (row) => row.fee },
]

describe('a list as a spreadsheet', () => {
  test('codes stay text, dates are dates, figures are figures, and a formula somebody typed stays their text', async () => {
    const row = { code: '0123456789', at: '2026-11-21T17:30:00Z', day: '2026-11-27', fee: 50_000 }
    const book = unzip(
      await xlsx([row, { ...row, code: '=HYPERLINK("http://x.test")' }], columns, { sheet: 'Sổ [1]/2026', title: ['Sổ theo dõi'] }),
    )
    const sheet = book.get('xl/worksheets/sheet1.xml') ?? ''
    const cells = new Map([...sheet.matchAll(/<c r="([A-Z]+\d+)"([^>]*)>(?:<v>([^<]*)<\/v>)?/g)].map((found) => [found[1], found]))
    const shared = [...(book.get('xl/sharedStrings.xml') ?? '').matchAll(/<si><t[^>]*>([^<]*)<\/t><\/si>/g)].map((found) => found[1])
    expect(sheet).not.toContain('<f>')
    expect(cells.get('A3')?.[2]).toContain('t="s"')
    expect(shared[Number(cells.get('A3')?.[3])]).toBe('0123456789')
    expect(shared[Number(cells.get('A4')?.[3])]).toContain('=HYPERLINK')
    // 46348 days after 1899-12-30 is 22/11/2026: 17:30 UTC is 0:30 of the next day in Vietnam.
    expect(Number(cells.get('B3')?.[3])).toBeCloseTo(46348 + 0.5 / 24, 5)
    expect(cells.get('C3')?.[3]).toBe('46353')
    expect(cells.get('D3')?.[3]).toBe('50000')
    expect(book.get('xl/workbook.xml')).toContain('Sổ  1  2026')
  })

  test('what XML cannot hold is left out, and no cell is longer than a spreadsheet allows', () => {
    expect(cellText('a\u0000b\ud800c 😀\n')).toBe('abc 😀\n')
    expect(cellText('á'.repeat(40_000))).toHaveLength(32_767)
    expect(cellDay('không rõ')).toBeUndefined()
    expect(cellTime('')).toBeUndefined()
  })
})
