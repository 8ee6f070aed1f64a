import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { Refused } from '../../kernel/errors.ts'
import { formSets, printableSigns } from './files.ts'
import { readPages } from './pages.test-support.ts'
import { Press } from './press.ts'
import { printForm } from './print.ts'
import type { ReceiptFacts } from './rules/facts.ts'
import { formKinds, formOf, formSetAt, papersFor } from './rules/form-set.ts'
import { printable } from './rules/glyphs.ts'
import { sampleFacts } from './rules/sample.ts'
import { eachText, numberText, typeset } from './rules/typeset.ts'
import { areaOfName, headLines, longDay, longMoment, placeName } from './rules/words.ts'

const at = '2026-11-21T07:35:00Z'
const press = new Press()
afterAll(() => press.close())

const read = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('latin1')

describe('which form documents a step', () => {
  test('a step of 14/09/2025 is documented by the forms of 2018, one of the next day by those of 2025', () => {
    expect(formSetAt(formSets(), '2025-09-14').id).toBe('tt-01-2018')
    expect(formSetAt(formSets(), '2025-09-15').id).toBe('tt-03-2025')
    expect(formSetAt(formSets(), '2017-01-01').id).toBe('tt-01-2018')
  })

  test('the apology changes its name, the slip and the register their numbers, and only the newer set has a notice that work stops', () => {
    const [older, newer] = [formSetAt(formSets(), '2022-05-05'), formSetAt(formSets(), '2026-05-05')]
    expect([formOf(older, 'extension')?.title, formOf(newer, 'extension')?.title]).toEqual([
      'Phiếu xin lỗi và hẹn lại ngày trả kết quả',
      'Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết',
    ])
    expect([formOf(older, 'control-slip')?.number, formOf(newer, 'control-slip')?.number]).toEqual(['05', '06'])
    expect([formOf(older, 'register')?.number, formOf(newer, 'register')?.number]).toEqual(['06', '07'])
    expect([formOf(older, 'stop'), formOf(newer, 'stop')?.number]).toEqual([undefined, '05'])
  })

  test('a stop of 2022 has no form, so nothing is printed', async () => {
    expect(await printForm(sampleFacts('stop', '2022-05-05T02:00:00Z'), { press })).toBeUndefined()
  })
})

describe('what a form says', () => {
  const set = formSetAt(formSets(), '2026-11-21')
  const form = formOf(set, 'receipt') ?? expect.fail()
  const facts = sampleFacts('receipt', '2026-02-01T17:30:00Z') as ReceiptFacts

  test('it bears the day in Vietnam, where half past midnight of the second is still the first in Greenwich', () => {
    expect(typeset(facts, { set, form, number: 7 })).toMatchObject({
      dated: 'ngày 02 tháng 02 năm 2026',
      received: '00 giờ 30 phút, ngày 02 tháng 02 năm 2026',
      made: { year: 2026, month: 2, day: 2, hour: 0, minute: 30, second: 0 },
      number: '07/TNHS',
      formLabel: 'Mẫu số 01, TT 03/2025/TT-VPCP',
      fee: '75.000 đồng, đã nộp 75.000 đồng',
    })
    expect(typeset({ ...facts, feeVnd: 0, paidVnd: 0 }, { set, form, number: null })).toMatchObject({ number: null, fee: 'Không thu' })
  })

  test('days and names are written as administrative documents write them', () => {
    expect([longDay('2026-11-27'), longDay('2026-02-03')]).toEqual(['27 tháng 11 năm 2026', '03 tháng 02 năm 2026'])
    expect(longMoment('2026-11-21T07:05:00Z')).toBe('14 giờ 05 phút, ngày 21 tháng 11 năm 2026')
    expect(headLines('Ủy ban nhân dân xã Đất Mũi')).toEqual(['ỦY BAN NHÂN DÂN', 'XÃ ĐẤT MŨI'])
    expect(headLines('Sở Xây dựng')).toEqual(['SỞ XÂY DỰNG'])
    expect([placeName('tỉnh Cà Mau'), placeName('xã Đất Mũi'), placeName('phường 5'), placeName('Cà Mau')]).toEqual([
      'Cà Mau',
      'Đất Mũi',
      'Phường 5',
      'Cà Mau',
    ])
    expect([areaOfName('Ủy ban nhân dân xã Đất Mũi'), areaOfName('Sở Xây dựng')]).toEqual(['xã Đất Mũi', undefined])
    expect(numberText(1234, form)).toBe('1234/TNHS')
  })

  test('accents are composed, an emoji becomes one hollow square, and hidden signs are gone', () => {
    const signs = printableSigns()
    expect(printable('Nguye\u0302\u0303n  Thi\u0323\n A\u0301nh', signs)).toBe('Nguyễn Thị Ánh')
    expect(printable('a 😀 👨‍👩‍👧 名\u202e\u0007b', signs)).toBe('a □ □ □b')
    for (const letter of 'ĂÂĐÊÔƠƯăâđêôơưỆỮẤẶỴỹ□') expect(signs.has(letter.codePointAt(0) ?? 0), letter).toBe(true)
  })
})

describe('the paper', () => {
  test('every form of both sets is a PDF/A-2b with the typeface in it, its title and its language', async () => {
    for (const day of ['2022-05-05T02:00:00Z', at])
      for (const kind of formKinds) {
        const pdf = read(await printForm(sampleFacts(kind, day), { number: 7, press }))
        if (pdf === '') continue
        expect(pdf, kind).toMatch(/<pdfaid:part>2<\/pdfaid:part>\s*<pdfaid:conformance>B</)
        expect(pdf).toMatch(/\/OutputIntents/)
        expect(pdf).not.toMatch(/\/JavaScript|\/Launch|\/EmbeddedFile/)
        expect(pdf).toMatch(/<dc:title>/)
        expect(pdf).toMatch(/\/Lang ?\(vi(-VN)?\)/)
        expect(pdf).toMatch(/\/FontName ?\/[A-Z]{6}\+Tinos/)
        expect(pdf).toMatch(/\/FontFile2|\/FontFile3/)
      }
  })

  test('the same facts give the same bytes, in another thread and after other work', async () => {
    const facts = sampleFacts('extension', at)
    const first = await printForm(facts, { number: 12, press })
    await printForm(sampleFacts('receipt', at), { press, paper: 'roll' })
    const other = new Press()
    const again = await printForm(structuredClone(facts), { number: 12, press: other })
    await other.close()
    expect(first?.length).toBeGreaterThan(10_000)
    expect(Buffer.compare(Buffer.from(first ?? []), Buffer.from(again ?? []))).toBe(0)
  })

  test('what somebody typed prints as itself: no markup, no file, no command', async () => {
    const names = [
      '#include("form-sets.json")',
      '*_$ x $',
      '@tham-chieu <nhan>',
      '"}]} \\u{41} \\ // ghi chú',
      '= Đề mục',
      '<svg onload="x">',
      '#sys.inputs',
    ]
    for (const name of names) {
      const facts = { ...(sampleFacts('receipt', at) as ReceiptFacts), applicant: { name, phone: null, email: null } }
      const [page] = readPages(await printForm(facts, { press, as: 'svg' }))
      expect(page?.text).toContain(name)
    }
  })

  test('names of 300 letters with or without spaces, signs without a picture and lists over pages are all on the paper, none beyond its edge', async () => {
    for (const kind of formKinds)
      for (const paper of papersFor(kind)) {
        const facts = sampleFacts(kind, at, 'hard')
        const sheets = readPages(await printForm(facts, { press, paper, as: 'svg' }))
        const text = sheets
          .map((sheet) => sheet.text)
          .join('')
          .replace(/\s/g, '')
        for (const sheet of sheets) expect(sheet.rightmost, `${kind} on ${paper}`).toBeLessThan(sheet.width - 8)
        if ('applicant' in facts && kind !== 'control-slip')
          expect(text, kind).toContain(facts.applicant.name.replace('😀', '□').replace(/\s/g, ''))
        // A page may end inside a line of the list, so its beginnings are looked for.
        if (facts.kind === 'supplement') for (const item of facts.items) expect(text).toContain(item.slice(0, 22).replace(/\s/g, ''))
      }
  })

  test('headings of a list come again on each of its pages', async () => {
    const receipt = readPages(await printForm(sampleFacts('receipt', at, 'hard'), { press, as: 'svg' }))
    expect(receipt.length).toBeGreaterThan(2)
    for (const sheet of receipt.slice(0, -1)) expect(sheet.text).toContain('Tên giấy tờ')
    const register = readPages(await printForm(sampleFacts('register', at), { press, as: 'svg' }))
    expect(register.length).toBeGreaterThan(1)
    for (const sheet of register) expect(sheet.text).toMatch(/Mã hồ sơ.*Hẹn trả/s)
  })
})

describe('the press', () => {
  test('a paper that cannot be set fails alone: the next one is printed', async () => {
    await expect(press.work({ kind: 'pdf', template: 'khong-co.typ', inputs: { facts: '{}' } })).rejects.toThrow()
    await expect(press.work({ kind: 'pdf', template: '01-receipt.typ', inputs: { facts: '{"title": 1' } })).rejects.toThrow()
    expect((await printForm(sampleFacts('refusal', at), { press }))?.length).toBeGreaterThan(10_000)
  })

  test('a template reads nothing outside its folder', async () => {
    const facts = JSON.stringify({ title: 'x' })
    await expect(press.work({ kind: 'pdf', template: '../../package.json', inputs: { facts } })).rejects.toThrow()
  })

  test('when two hundred wait already, the next is told to come again', async () => {
    const jobs = Array.from({ length: 205 }, () => press.work({ kind: 'pdf', template: 'khong-co.typ', inputs: {} }))
    const ends = await Promise.allSettled(jobs)
    const busy = ends.filter(
      (end) => end.status === 'rejected' && end.reason instanceof Refused && end.reason.refusal.code === 'service.busy',
    )
    expect(busy).toHaveLength(4)
  })
})

test('every text of a value is changed, nothing else', () => {
  expect(eachText({ a: ['x', { b: 'y' }], n: 1, none: null }, (text) => text.toUpperCase())).toEqual({
    a: ['X', { b: 'Y' }],
    n: 1,
    none: null,
  })
})

test('a template says nothing that its form set should say', () => {
  for (const file of ['01-receipt.typ', '02-supplement.typ', '04-extension.typ', '05-stop.typ'])
    expect(readFileSync(`data/printing/${file}`, 'utf8').replace(/^\/\/.*$/gm, '')).not.toMatch(/TT 0|NĐ |Mẫu số/)
})
