import { Temporal } from 'temporal-polyfill'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { createAccess } from '../../kernel/access/index.ts'
import { type CommandHost, run } from '../../kernel/command.ts'
import type { Actor } from '../../kernel/context.ts'
import { sql } from '../../kernel/database/index.ts'
import type { Result } from '../../kernel/result.ts'
import {
  type Answers,
  type Draft,
  discardDraft,
  draftsOf,
  findFormAt,
  findOpenDraft,
  loadForms,
  type OpenDraft,
  permissions,
  readForms,
  type SaveDraftPage,
  type SavedPage,
  saveDraftPage,
  startDraft,
  submissionOf,
} from './index.ts'

const { db, province } = await testDatabase()
const clock = () => Temporal.Instant.from('2026-11-21T08:00:00+07:00')
const access = createAccess(permissions, { isWithin: () => true })
const host: CommandHost = { db, clock, access: () => access }
const lua = '01980000-0000-7000-8000-00000000000a'
const citizen = (personId = lua): Actor => ({ kind: 'citizen', personId, name: 'Trần Thị Lụa' })
const procedureCode = '1.004873'
const formCode = 'xac-nhan-tinh-trang-hon-nhan'

const place = { province: '96', commune: '32014', validFrom: '2025-07-01', line: 'Ấp 3', label: 'Ấp 3, Phường Lý Văn Lâm, Tỉnh Cà Mau' }
const known = {
  'person.fullName': 'Trần Thị Lụa',
  'person.birthDate': '1990-03-27',
  'person.personalNumber': '096190000001',
  'person.phone': '0912345678',
  'person.address': place,
}

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`${result.error.code}: ${JSON.stringify(result.error.fields)}`)
  return result.value
}
const start = async (actor = citizen(), more: { earlier?: Answers } = {}): Promise<Result<OpenDraft>> =>
  run(host, { province, actor, name: 'form.start-draft' }, (cx) =>
    startDraft(cx, { personId: lua, procedureCode, formCode, known, ...more }),
  )
const save = (pageId: string, seenVersion: number, answers: Answers, more: Partial<SaveDraftPage> = {}): Promise<Result<SavedPage>> =>
  run(host, { province, actor: citizen(), name: 'form.save-draft-page' }, (cx) =>
    saveDraftPage(cx, { personId: lua, procedureCode, pageId, seenVersion, answers, action: { kind: 'continue' }, ...more }),
  )
const draftNow = async (): Promise<Draft | undefined> => (await db.read(province, (tx) => findOpenDraft(tx, lua, procedureCode)))?.draft
const about: Answers = {
  fullName: 'Trần Thị Lụa',
  birthDate: '1990-03-27',
  personalNumber: '096190000001',
  residence: place,
  phone: '0912345678',
  forSelf: true,
}

let loaded = 0
beforeAll(async () => {
  loaded = await loadForms(host, province)
})
beforeEach(async () => {
  must(await run(host, { province, actor: citizen(), name: 'x' }, (cx) => discardDraft(cx, { personId: lua, procedureCode })))
})

test('the shipped forms are published once and only once, and stay as published', async () => {
  expect(loaded).toBe((await readForms()).length)
  expect(await loadForms(host, province)).toBe(0)
  expect((await db.read(province, (tx) => findFormAt(tx, formCode, '2026-11-21')))?.code).toBe(formCode)
  expect(await db.read(province, (tx) => findFormAt(tx, 'thanh-lap-ho-kinh-doanh', '2020-01-01'))).toBeUndefined()
  await expect(db.write(province, (tx) => sql`update form_definition set title = 'x'`.execute(tx))).rejects.toThrow(/permission denied/)
})

describe('a draft', () => {
  test('starts with what is known about the person, and says which answers those are', async () => {
    const { draft } = must(await start())
    expect(draft.answers).toMatchObject({ fullName: 'Trần Thị Lụa', phone: '0912345678', residence: place })
    expect(draft.prefilled).toContain('fullName')
    const after = must(await save('nguoi-yeu-cau', draft.version, about))
    expect(after.draft.prefilled).not.toContain('fullName')
  })

  test('is one for each person and procedure: opening it again opens the same, another day too', async () => {
    const first = must(await start())
    must(await save('nguoi-yeu-cau', first.draft.version, about))
    const again = must(await start())
    expect(again.draft.id).toBe(first.draft.id)
    expect(again.draft.answers.forSelf).toBe(true)
    expect(await db.read(province, (tx) => draftsOf(tx, lua))).toHaveLength(1)
  })

  test('opened in two windows at once is still one', async () => {
    const both = await Promise.all([start(), start()])
    expect(new Set(both.map((one) => must(one).draft.id)).size).toBe(1)
  })

  test('is saved page by page and tells the next page; pages that do not apply are passed over', async () => {
    const { draft } = must(await start())
    expect(must(await save('nguoi-yeu-cau', draft.version, about)).nextPageId).toBe('nhan-than')
    const forOther = must(await save('nguoi-yeu-cau', draft.version + 1, { ...about, forSelf: false }))
    expect(forOther.nextPageId).toBe('nguoi-duoc-cap')
  })

  test('keeps the good answers of a page that has a wrong one', async () => {
    const { draft } = must(await start())
    const saved = must(await save('nguoi-yeu-cau', draft.version, { ...about, phone: '12', email: 'lua@example.com' }))
    expect(saved.errors.map(({ path }) => path)).toEqual(['phone'])
    expect(saved.nextPageId).toBeUndefined()
    expect((await draftNow())?.answers).toMatchObject({ email: 'lua@example.com', forSelf: true, phone: '0912345678' })
  })

  test('may be left half done and come back to', async () => {
    const { draft } = must(await start())
    const saved = must(await save('muc-dich', draft.version, { purpose: 'marry' }, { action: { kind: 'later' } }))
    expect(saved.errors).toEqual([])
    expect((await draftNow())?.answers.purpose).toBe('marry')
  })

  test('gets and loses items of a repeated group by buttons', async () => {
    const { draft } = must(await start())
    const add = { action: { kind: 'add', fieldId: 'residences' } as const }
    const one = must(await save('noi-da-song', draft.version, { movedSinceAdult: true }, add))
    expect(one.draft.answers.residences).toEqual([{}])
    const filled = { from: '2010-01-01', marriedThere: false }
    const two = must(await save('noi-da-song', one.draft.version, { movedSinceAdult: true, residences: [filled] }, add))
    expect(two.draft.answers.residences).toEqual([filled, {}])
    const back = must(
      await save(
        'noi-da-song',
        two.draft.version,
        { movedSinceAdult: true, residences: [filled, {}] },
        { action: { kind: 'remove', fieldId: 'residences', place: 1 } },
      ),
    )
    expect(back.draft.answers.residences).toEqual([filled])
  })

  test('keeps references of uploads, each file once, and drops one by a button', async () => {
    const { draft } = must(await start())
    const paper = { sha256: 'ab'.repeat(32), name: 'ly-hon.pdf', size: 1200, type: 'application/pdf' }
    const answers = { status: 'divorced', divorceJudgement: '12/2020/HNGĐ-ST, TAND Cà Mau' }
    const one = must(await save('tinh-trang', draft.version, answers, { files: { divorceFile: [paper] } }))
    const two = must(await save('tinh-trang', one.draft.version, answers, { files: { divorceFile: [paper] } }))
    expect(two.draft.answers.divorceFile).toEqual([paper])
    const three = must(
      await save('tinh-trang', two.draft.version, answers, { action: { kind: 'drop-file', fieldId: 'divorceFile', sha256: paper.sha256 } }),
    )
    expect(three.draft.answers.divorceFile).toBeUndefined()
  })

  test('is nobody else’s: another person is refused, a clerk at the counter may help', async () => {
    must(await start())
    const stranger = citizen('01980000-0000-7000-8000-00000000000b')
    expect(await start(stranger)).toMatchObject({ ok: false, error: { code: 'access.denied' } })
    expect(await start({ kind: 'anonymous' })).toMatchObject({ ok: false, error: { code: 'access.sign-in-needed' } })
    const clerk: Actor = {
      kind: 'officer',
      officerId: lua,
      name: 'Ngô Văn Cửa',
      grants: [{ role: 'clerk', agencyCode: 'H12.101', subtree: false }],
    }
    expect((await start(clerk)).ok).toBe(true)
  })

  test('can be forgotten, and then there is nothing to save to', async () => {
    const { draft } = must(await start())
    must(await run(host, { province, actor: citizen(), name: 'x' }, (cx) => discardDraft(cx, { personId: lua, procedureCode })))
    expect(await draftNow()).toBeUndefined()
    expect(await save('nguoi-yeu-cau', draft.version, about)).toMatchObject({ ok: false, error: { code: 'form.draft-not-found' } })
  })

  test('leaves no trace of its answers in the event log', async () => {
    const { draft } = must(await start())
    must(await save('nguoi-yeu-cau', draft.version, about))
    const { rows } = await db.read(province, (tx) =>
      sql<{ n: number }>`select count(*)::int as n from event where data::text like '%Trần Thị Lụa%'`.execute(tx),
    )
    expect(rows[0]?.n).toBe(0)
  })
})

describe('two windows on one draft', () => {
  test('on different pages both save', async () => {
    const { draft } = must(await start())
    must(await save('nguoi-yeu-cau', draft.version, about))
    expect((await save('nhan-than', draft.version, { sex: 'female', ethnicity: 'Kinh', nationality: 'Việt Nam' })).ok).toBe(true)
  })

  test('on one page: the second is told what the first wrote, nothing is lost, and saving again decides', async () => {
    const { draft } = must(await start())
    must(await save('nhan-than', draft.version, { sex: 'female', ethnicity: 'Khmer', nationality: 'Việt Nam' }))
    const mine = { sex: 'female', ethnicity: 'Kinh', nationality: 'Việt Nam' }
    const refused = await save('nhan-than', draft.version, mine)
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'form.draft-changed-elsewhere', status: 409, fields: [{ path: 'ethnicity' }] },
    })
    expect(refused.ok ? '' : refused.error.fields?.[0]?.message.vi).toContain('Khmer')
    expect((await draftNow())?.answers.ethnicity).toBe('Khmer')
    const seen = (await draftNow())?.version ?? 0
    expect(must(await save('nhan-than', seen, mine)).draft.answers.ethnicity).toBe('Kinh')
  })

  test('with the same answers do not quarrel', async () => {
    const { draft } = must(await start())
    const same = { sex: 'female', ethnicity: 'Kinh', nationality: 'Việt Nam' }
    must(await save('nhan-than', draft.version, same))
    expect((await save('nhan-than', draft.version, same)).ok).toBe(true)
  })
})

test('a whole draft can be sent: applicant, place and papers come out of it; an unfinished one says what is missing', async () => {
  const { draft, definition } = must(await start())
  const unfinished = submissionOf(definition, draft.answers, '2026-11-21')
  expect(unfinished).toMatchObject({ ok: false, error: { code: 'form.incomplete' } })
  const pages: [string, Answers][] = [
    ['nguoi-yeu-cau', about],
    ['nhan-than', { sex: 'female', ethnicity: 'Kinh', nationality: 'Việt Nam' }],
    ['tinh-trang', { status: 'never' }],
    ['noi-da-song', { movedSinceAdult: false }],
    ['muc-dich', { purpose: 'loan' }],
    ['noi-cap', { issueAt: { ...place, line: '' }, copies: 1 }],
    ['cam-doan', { declaration: true }],
  ]
  let { version } = draft
  for (const [pageId, answers] of pages) {
    const saved = must(await save(pageId, version, answers))
    expect(saved.errors, pageId).toEqual([])
    version = saved.draft.version
  }
  const submission = must(submissionOf(definition, (await draftNow())?.answers ?? {}, '2026-11-21'))
  expect(submission.applicant).toMatchObject({ name: 'Trần Thị Lụa', personalNumber: '096190000001', phone: '0912345678' })
  expect(submission.place).toMatchObject({ commune: '32014', validFrom: '2025-07-01' })
})
