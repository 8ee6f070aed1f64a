import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from './clock.ts'
import { CsvReader, type CsvRecord } from './csv.ts'
import type { Database, Province } from './database/index.ts'
import type { ImportKind } from './import.ts'
import { importFile } from './import-file.ts'
import { ok, refuse } from './result.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cuaso-import-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

interface Row {
  readonly code: string
  readonly name: string
}

/** A kind that keeps its rows in memory: a code it knows is unchanged, the code "taken" is refused by the store. */
function shelf(batch = 3) {
  const rows = new Map<string, string>()
  const kind: ImportKind<Row> = {
    kind: 'things',
    columns: [{ name: 'code' }, { name: 'name' }, { name: 'note', optional: true }],
    batch,
    parse: (record) =>
      record.code === ''
        ? refuse([{ column: 'code', reason: { vi: 'Thiếu mã.', en: 'No code.' } }])
        : ok({ code: record.code ?? '', name: record.name ?? '' }),
    apply: async (_cx, incoming) => {
      const known = incoming.filter(({ row }) => rows.get(row.code) === row.name)
      const taken = incoming.filter(({ row }) => row.code === 'taken')
      for (const { row } of incoming) if (row.code !== 'taken') rows.set(row.code, row.name)
      return {
        imported: incoming.length - known.length - taken.length,
        unchanged: known.length,
        rejects: taken.map(({ line }) => ({ line, column: 'code', reason: { vi: 'Mã đã dùng.', en: 'Taken.' } })),
      }
    },
  }
  return { rows, kind }
}

const host = {
  db: { write: (_province: Province, work: (tx: never) => Promise<unknown>) => work(undefined as never) } as unknown as Database,
  clock: systemClock,
}
const province: Province = { slug: 'ca-mau', schema: 'ca_mau', name: 'Tỉnh Cà Mau', code: '96' }
let count = 0

async function load(content: string | Buffer, on = shelf()) {
  count += 1
  const path = join(folder, `${count}.csv`)
  await writeFile(path, content)
  const result = await importFile(host, province, on.kind, path, { locale: 'vi' })
  const rejects = result.rejectsFile ? (await readFile(result.rejectsFile, 'utf8')).trim().split('\n') : []
  return { ...result, rejects, rows: on.rows, path, on }
}

describe('a file', () => {
  test('is loaded, and loaded again changes nothing', async () => {
    const text = 'code,name\r\n1,Một\r\n2,Hai\r\n3,Ba\r\n4,Bốn\r\n'
    const first = await load(text)
    expect([first.imported, first.unchanged, first.rejected]).toEqual([4, 0, 0])
    expect(existsSync(`${first.path}.rejects.csv`)).toBe(false)
    const second = await load(text, first.on)
    expect([second.imported, second.unchanged, second.rejected]).toEqual([0, 4, 0])
  })

  test('may begin with a byte order mark, end without a line break, hold empty lines, spaces and columns in any order', async () => {
    const { rows, rejected } = await load('\ufeff name , code\n\n  Một , 1\n,,\n"Hai, ""hai""\nvà nữa",2')
    expect(Object.fromEntries(rows)).toEqual({ '1': 'Một', '2': 'Hai, "hai"\nvà nữa' })
    expect(rejected).toBe(1)
  })

  test.each([
    ['empty', '', /trống/],
    ['UTF-16', Buffer.from('\ufeffcode,name\n1,a\n', 'utf16le'), /UTF-8/],
    ['not text', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0]), /UTF-8/],
    ['without a column it needs', 'code\n1\n', /thiếu cột name/],
    ['with a column nobody knows', 'code,name,nmae\n1,a,b\n', /không biết cột "nmae"/],
    ['with a column twice', 'code,name,code\n1,a,2\n', /hai lần/],
    ['separated by semicolons', 'code;name\n1;a\n', /dấu phẩy/],
    ['with a broken header', 'code,"na"me\n1,a\n', /tiêu đề/],
    ['only a byte order mark', '\ufeff', /trống/],
  ])('that is %s stops the import before anything is loaded', async (_name, content, message) => {
    const on = shelf(1)
    await expect(load(content, on)).rejects.toThrow(message)
    expect(on.rows.size).toBe(0)
  })

  test('that is not there is named in one line', async () => {
    await expect(importFile(host, province, shelf().kind, join(folder, 'nowhere.csv'))).rejects.toThrow(/không có tệp/)
    await expect(importFile(host, province, shelf().kind, folder)).rejects.toThrow(/không phải là tệp/)
  })

  test('without rows loads nothing and is no fault', async () => {
    expect(await load('code,name\n')).toMatchObject({ imported: 0, unchanged: 0, rejected: 0 })
  })
})

describe('a bad row', () => {
  test('is kept with its line, column and reason, and the others load', async () => {
    const { rejects, imported, rejected } = await load('code,name\n1,a\n,b\n3,"hai\ndòng"\n,d\ntaken,e\n6,f\n')
    expect([imported, rejected]).toEqual([3, 3])
    expect(rejects).toEqual(['line,column,reason,code,name', '3,code,Thiếu mã.,,b', '6,code,Thiếu mã.,,d', '7,code,Mã đã dùng.,taken,e'])
  })

  test('with wrong quotes, too many columns or broken bytes loses only itself', async () => {
    const bytes = Buffer.concat([
      Buffer.from('code,name\n1,a\n2,"mở\n3,c\n4,x,y\n5,'),
      Buffer.from([0xc3, 0x28]),
      Buffer.from('\n6,"f"\n7,g"h\n8,i\n'),
    ])
    const { rejects, rows } = await load(bytes)
    expect([...rows.keys()]).toEqual(['1', '3', '6', '8'])
    expect(rejects.map((line) => line.split(',')[0])).toEqual(['line', '3', '5', '6', '8'])
  })

  test('with a field that never ends is refused without being read into memory', async () => {
    const huge = 'x'.repeat(3 * 1024 * 1024)
    const { rows, rejects } = await load(`code,name\n1,a\n2,${huge}\n3,"${huge}"\n4,"${huge}\n5,e\n`)
    expect([...rows.keys()]).toEqual(['1', '5'])
    expect(rejects.slice(1).map((line) => line.split(',').slice(0, 3).join(','))).toEqual([
      '3,,Dòng quá dài.',
      '4,,Dòng quá dài.',
      '5,,Dòng quá dài.',
    ])
    expect(Math.max(...rejects.map((line) => line.length))).toBeLessThan(3000)
  })
})

test('a reader splits whatever a writer wrote, however it is cut into pieces', () => {
  const field = fc.string({ unit: fc.constantFrom('a', 'ế', '"', ',', '\n', '\r\n', ' ', ';'), maxLength: 8 })
  fc.assert(
    fc.property(
      fc.array(fc.tuple(field, field, field), { minLength: 1, maxLength: 8 }),
      fc.array(fc.nat(60), { maxLength: 6 }),
      (rows, cuts) => {
        const text = stringify(rows, { quoted: true })
        const reader = new CsvReader()
        const places = [...new Set(cuts)].filter((cut) => cut < text.length).sort((a, b) => a - b)
        const items = [0, ...places].flatMap((from, i) => reader.feed(text.slice(from, places[i] ?? text.length), i === places.length))
        expect(items.map((item) => (item as CsvRecord).fields)).toEqual(rows)
        let line = 1
        for (const [i, row] of rows.entries()) {
          expect(items[i]?.line).toBe(line)
          line += 1 + row.join('').split('\n').length - 1
        }
      },
    ),
    { numRuns: 300 },
  )
})
