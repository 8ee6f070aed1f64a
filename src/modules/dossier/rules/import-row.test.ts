import { describe, expect, test } from 'vitest'
import { dossierColumns, parseDossierRow, readInstant } from './import-row.ts'

const good: Record<string, string> = {
  code: 'H12.01-220315-0001',
  procedure_code: '1.001193',
  agency_code: 'H12.01',
  channel: 'online',
  assisted: 'false',
  submitted_at: '2022-03-14T20:10:00+07:00',
  received_at: '2022-03-15T08:30:00+07:00',
  due_at: '2022-03-18T17:30:00+07:00',
  completed_at: '2022-03-17T10:00:00+07:00',
  returned_at: '2022-03-18T09:00:00+07:00',
  status: '10',
  fee_vnd: '8000',
  paid_vnd: '8000',
  paid_online: 'true',
  papers_total: '3',
  papers_digitised: '3',
  papers_reused: '1',
  result_electronic: 'true',
  supplement_requests: '0',
  supplement_working_days: '0',
  applicant_name: 'Nguyễn Thị Đào',
  applicant_id: '096190000123',
  applicant_phone: '0912 345 678',
}

const columnsWrong = (change: Record<string, string>): string[] => {
  const read = parseDossierRow({ ...good, ...change })
  return read.ok ? [] : read.error.map(({ column }) => column)
}

test('a good line is read as it stands', () => {
  const read = parseDossierRow(good)
  expect(read).toMatchObject({ ok: true, value: { code: good.code, status: 10, papersTotal: 3, applicantPhone: '0912345678' } })
  if (read.ok) expect(read.value.receivedAt?.epochMilliseconds).toBe(Date.parse('2022-03-15T01:30:00Z'))
})

test('columns are those of the import format', () => {
  expect(dossierColumns).toHaveLength(23)
  expect(dossierColumns.filter(({ optional }) => optional).map(({ name }) => name)).toEqual([
    'received_at',
    'due_at',
    'completed_at',
    'returned_at',
    'applicant_name',
    'applicant_id',
    'applicant_phone',
  ])
})

describe('a wrong line names every wrong column', () => {
  test.each<[string, Record<string, string>, string[]]>([
    ['an unknown channel', { channel: 'email' }, ['channel']],
    ['a status out of range', { status: '11' }, ['status']],
    ['a flag that is neither true nor false', { assisted: 'yes' }, ['assisted']],
    ['an instant without its zone', { received_at: '2022-03-15T08:30:00' }, ['received_at']],
    ['a day that does not exist', { completed_at: '2022-02-30T08:30:00+07:00' }, ['completed_at']],
    ['an empty code', { code: '' }, ['code']],
    ['a negative count', { papers_total: '-1' }, ['papers_total', 'papers_digitised', 'papers_reused']],
    ['a fraction of money', { fee_vnd: '1.5' }, ['fee_vnd']],
    ['more papers digitised than there are', { papers_digitised: '4' }, ['papers_digitised']],
    ['more papers used again than there are', { papers_reused: '4' }, ['papers_reused']],
    ['received before it was submitted', { received_at: '2022-03-14T08:00:00+07:00' }, ['received_at']],
    ['completed before it was received', { completed_at: '2022-03-15T08:00:00+07:00' }, ['completed_at']],
    ['returned before it was completed', { returned_at: '2022-03-16T08:00:00+07:00' }, ['returned_at']],
    ['completed although it is still being processed', { status: '4', returned_at: '' }, ['completed_at']],
    ['ready without the instant of completion', { status: '9', completed_at: '', returned_at: '' }, ['completed_at']],
    ['processed without being received', { status: '4', received_at: '', due_at: '', completed_at: '', returned_at: '' }, ['received_at']],
    ['assisted at the counter', { assisted: 'true', channel: 'counter' }, ['assisted']],
    ['several things', { channel: '', fee_vnd: 'x', status: '0' }, ['channel', 'status', 'fee_vnd']],
  ])('%s', (_name, change, wrong) => {
    expect(columnsWrong(change)).toEqual(wrong)
  })
})

test('a dossier that was never received is fine as such', () => {
  expect(columnsWrong({ status: '1', received_at: '', due_at: '', completed_at: '', returned_at: '' })).toEqual([])
  expect(columnsWrong({ status: '3', received_at: '', due_at: '', completed_at: '', returned_at: '' })).toEqual([])
})

test('instants come with any zone, with or without seconds', () => {
  expect(readInstant('2022-03-15T08:30+07:00')).toBe(Date.parse('2022-03-15T01:30:00Z'))
  expect(readInstant('2022-03-15T01:30:00.5Z')).toBe(Date.parse('2022-03-15T01:30:00.500Z'))
  expect(readInstant('2022-03-15T08:30:00+0700')).toBe(Date.parse('2022-03-15T01:30:00Z'))
  expect(readInstant('2022-03-15 08:30:00+07:00')).toBeUndefined()
  expect(readInstant('2022-03-15T25:30:00+07:00')).toBeUndefined()
  expect(readInstant('2024-02-29T00:00:00Z')).toBeDefined()
  expect(readInstant('2022-02-29T00:00:00Z')).toBeUndefined()
})
