import { Temporal } from 'temporal-polyfill'
import { beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { createAccess } from '../../kernel/access/index.ts'
import { type CommandHost, run } from '../../kernel/command.ts'
import type { Actor, Context } from '../../kernel/context.ts'
import { sql } from '../../kernel/database/index.ts'
import type { Result } from '../../kernel/result.ts'
import { findOpenDraft, loadForms, publishForm, saveDraftPage, saveEdit, startDraft, startEdit } from './index.ts'
import { permissions as drafting } from './permissions.ts'
import { findEdit } from './queries/edited-forms.ts'
import { findField } from './rules/edit/apply.ts'

const { db, province } = await testDatabase()
const clock = () => Temporal.Instant.from('2026-11-21T08:00:00+07:00')
const access = createAccess(drafting, { isWithin: () => true, root: () => 'H12' })
const host: CommandHost = { db, clock, access: () => access }
const officer = (name: string): Actor => ({
  kind: 'officer',
  officerId: '01980000-0000-7000-8000-0000000000aa',
  name,
  grants: [{ role: 'reform_officer', agencyCode: 'H12', subtree: true }],
})
const lua = '01980000-0000-7000-8000-00000000000a'
const citizen: Actor = { kind: 'citizen', personId: lua, name: 'Trần Thị Lụa' }
const as = <T>(actor: Actor, work: (cx: Context) => Promise<Result<T>>): Promise<Result<T>> =>
  run(host, { province, actor, name: 'test' }, work)
const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.error.code)
  return result.value
}
const same = (words: string) => ({ vi: words, en: words })
const draft = async (code: string) => db.read(province, (tx) => findEdit(tx, code))

beforeAll(async () => {
  await loadForms({ db, clock }, province)
})

async function fresh(title: string): Promise<string> {
  return must(await as(officer('Mai'), (cx) => startEdit(cx, { from: 'new', title: same(title) }))).code
}

test('two officers who begin at once write on one draft', async () => {
  const both = await Promise.all(
    ['Mai', 'Phúc'].map((name) => as(officer(name), (cx) => startEdit(cx, { from: 'version', code: 'chung', version: 1 }))),
  )
  for (const one of both) expect(must(one).code).toBe('chung')
  expect((await draft('chung'))?.version).toBe(1)
})

test('ten changes at once are all kept, each counted once', async () => {
  const code = await fresh('Mười người')
  const labels = Array.from({ length: 10 }, (_, n) => `Câu số ${n}`)
  const done = await Promise.all(
    labels.map((label) =>
      as(officer(label), (cx) =>
        saveEdit(cx, { code, seen: 1, edit: { kind: 'field-add', pageId: 'nguoi-nop', type: 'text', label: same(label) } }),
      ),
    ),
  )
  for (const one of done) must(one)
  const now = await draft(code)
  expect(now?.version).toBe(11)
  for (const label of labels) expect(now?.definition.pages[0]?.fields.map((field) => field.label.vi)).toContain(label)
})

test('of two who save one question at once the second is told who was first, and nothing of the first is lost', async () => {
  const code = await fresh('Cùng một câu')
  const before = await draft(code)
  const field = before && findField(before.definition, 'phone')?.field
  if (!field) throw new Error('no phone')
  const save = (name: string) =>
    as(officer(name), (cx) =>
      saveEdit(cx, { code, seen: 1, edit: { kind: 'field-save', path: 'phone', field: { ...field, label: same(name) } } }),
    )
  const both = await Promise.all([save('Mai'), save('Phúc')])
  expect(both.filter(({ ok }) => ok)).toHaveLength(1)
  const refused = both.find(({ ok }) => !ok)
  expect(refused?.ok === false && refused.error).toMatchObject({ code: 'form.edit-changed-elsewhere', status: 409 })
  const first = both[0]?.ok ? 'Mai' : 'Phúc'
  expect(refused?.ok === false && refused.error.message.vi).toContain(first)
  expect(findField((await draft(code))?.definition ?? before.definition, 'phone')?.field.label.vi).toBe(first)
})

test('a citizen halfway through keeps writing on the old version, and is brought to the new one with the answers still asked for', async () => {
  const code = await fresh('Đang điền dở')
  const publish = async (validFrom: string) => {
    const seen = (await draft(code))?.version ?? 0
    return must(await as(officer('Mai'), (cx) => publishForm(cx, { code, seen, validFrom })))
  }
  expect((await publish('2026-11-21')).version).toBe(1)
  const open = { personId: lua, procedureCode: '9.1', formCode: code }
  must(await as(citizen, (cx) => startDraft(cx, { ...open, known: { 'person.fullName': 'Trần Thị Lụa' } })))

  must(await as(officer('Mai'), (cx) => startEdit(cx, { from: 'version', code, version: 1 })))
  must(await as(officer('Mai'), (cx) => saveEdit(cx, { code, seen: 1, edit: { kind: 'field-remove', path: 'email' } })))
  expect((await publish('2026-11-21')).version).toBe(2)

  const answers = { fullName: 'Trần Thị Lụa', personalNumber: '096190000001', phone: '0912345678', email: 'lua@example.com' }
  const save = { ...open, pageId: 'nguoi-nop', seenVersion: 1, answers, action: { kind: 'continue' } } as const
  expect(must(await as(citizen, (cx) => saveDraftPage(cx, save))).errors).toEqual([])
  expect((await db.read(province, (tx) => findOpenDraft(tx, lua, '9.1')))?.definition.version).toBe(1)
  const { draft: brought, definition } = must(await as(citizen, (cx) => startDraft(cx, open)))
  expect(definition.version).toBe(2)
  expect(brought.answers).toMatchObject({ fullName: 'Trần Thị Lụa', phone: '0912345678' })
  expect(brought.answers).not.toHaveProperty('email')
})

test('published twice at once is one version; the log knows who wrote what', async () => {
  const code = await fresh('Bấm hai lần')
  const both = await Promise.all([1, 2].map(() => as(officer('Mai'), (cx) => publishForm(cx, { code, seen: 1, validFrom: '2026-11-21' }))))
  expect(both.filter(({ ok }) => ok)).toHaveLength(1)
  const { rows } = await db.read(province, (tx) =>
    sql<{
      type: string
    }>`select type from event where data->>'code' = ${code} or data->'definition'->>'code' = ${code} order by position`.execute(tx),
  )
  expect(rows.map(({ type }) => type)).toEqual(['form.edit-started', 'form.published'])
})
