import { expect, test } from 'vitest'
import { monthText, plainFigure, readReportedFile, wholeText } from './reported-file.ts'

const read = (text: string) => {
  const found = readReportedFile(text)
  if (!found.ok) throw new Error(found.error.map(({ vi }) => vi).join('\n'))
  return found.value.map(({ line, record }) => [line, plainFigure(record)])
}
const wrong = (text: string): string[] => {
  const found = readReportedFile(text)
  return found.ok ? [] : found.error.map(({ vi }) => vi)
}
const decisions = { quantity: 'decisions', agency_code: 'H12', month: '2026-10', value: '1234', source: 'Báo cáo 12, quý IV' }

test('a table as Excel saves it here is read: a mark at its start, semicolons, thousands with dots, months it turned into dates, empty rows below', () => {
  const excel =
    '\uFEFFMã đơn vị;Số liệu;Tháng;Giá trị;Nguồn\r\nH12;decisions;01/10/2026;1.234;Báo cáo 12, quý IV\r\n;;;;\r\nH12;decisions_on_time;Oct-26;1.200,00;"Báo cáo ""12"""\r\n'
  expect(read(excel)).toEqual([
    [2, decisions],
    [4, { ...decisions, quantity: 'decisions_on_time', value: '1200', source: 'Báo cáo "12"' }],
  ])
  expect(read(`quantity\tagency_code\tmonth\tvalue\tsource\ndecisions\tH12\t10/2026\t1234\tBáo cáo 12, quý IV`)).toEqual([[2, decisions]])
  expect(read(`month,value,source,quantity,agency_code\n2026-10,1234,"Báo cáo 12, quý IV",decisions,H12\n`)).toEqual([[2, decisions]])
})

test('a column that nobody knows is called by its name, whatever that is', () => {
  expect(wrong('quantity,agency_code,month,value,source,constructor\n')).toEqual(['Dòng 1, cột thứ 6: không biết cột “constructor”.'])
})

test('a list in JSON is read too, and a figure may be named in words', () => {
  expect(read(JSON.stringify([{ ...decisions, value: 1234, quantity: 'Thủ tục công bố trong kỳ' }]))).toEqual([[1, decisions]])
})

test('months and whole numbers are read in every way people write them, and nothing else is guessed', () => {
  for (const written of ['2026-03', '2026-03-01', '3/2026', '03/2026', '1/3/2026', '01.03.2026', 'Mar-26', 'Thg3-26', 'tháng 3/2026'])
    expect(monthText(written), written).toBe('2026-03')
  for (const written of ['2026', '15/03/2026', '03/26', 'quý 1']) expect(monthText(written), written).toBe(written)
  expect(['1234', '1.234', ' 1 234 ', '1.234,00', '1234,0'].map(wholeText)).toEqual(['1234', '1234', '1234', '1234', '1234'])
  for (const written of ['1,234', '97,3', '1.23', '-5', 'nhiều']) expect(wholeText(written)).toBe(written)
})

test('what cannot be read is told with its line and column, and nothing of the file is taken', () => {
  const head = 'quantity;agency_code;month;value;source'
  expect(wrong('')).toEqual(['Tệp trống.'])
  expect(wrong(`${head}\n`)).toEqual(['Tệp không có dòng số liệu nào.'])
  expect(wrong('quantity;agency_code;month;ghi chú;source\nx;y;z;1;s')).toEqual([
    'Dòng 1: dòng đầu phải có các cột quantity, agency_code, month, value, source; thiếu value.',
    'Dòng 1, cột thứ 4: không biết cột “ghi chú”.',
  ])
  expect(wrong(`${head}\ndecisions;H12;2026-10\ndecisions;H12;2026-10;1;s\n"decisions;H12;2026-10;1;s`)).toEqual([
    'Dòng 2: số cột khác dòng tiêu đề.',
    'Dòng 4: dấu ngoặc kép không khớp.',
  ])
  expect(wrong(`${head};\ndecisions;H12;2026-10;1;s;lạc`)).toEqual(['Dòng 2: cột thứ 6 không có tên.'])
  expect(wrong('[{"quantity": "decisions",\n "value": true}]')).toEqual(['Dòng 2, cột 11 (value): phải là chữ hoặc số.'])
  expect(wrong('[{"quantity": "decisions",,}]')).toEqual([expect.stringContaining('Dòng 1, cột 27')])
  expect(wrong('{"figures": []}')).toEqual(['Dòng 1, cột 1: phải là một danh sách [ … ] các số liệu.'])
  expect(wrong(`${head}\n${'decisions;H12;2026-10;1;s\n'.repeat(5001)}`)).toEqual([expect.stringContaining('5001 dòng')])
})
