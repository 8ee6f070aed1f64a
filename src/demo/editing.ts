import { randomUUID } from 'node:crypto'
import { createAccess } from '../kernel/access/index.ts'
import type { Clock } from '../kernel/clock.ts'
import { run } from '../kernel/command.ts'
import type { Context, Officer } from '../kernel/context.ts'
import type { Database, Province } from '../kernel/database/index.ts'
import type { Result } from '../kernel/result.ts'
import { permissions, type SaveEdit, saveEdit, startEdit } from '../modules/form/index.ts'
import { officersAt } from '../modules/identity/index.ts'

interface EditingHost {
  readonly db: Database
  readonly clock: Clock
}

const TITLE = { vi: 'Đăng ký hỗ trợ chi phí học tập', en: 'Support with the costs of schooling' }
const CODE = 'ho-tro-chi-phi-hoc-tap'
const both = (vi: string, en: string) => ({ vi, en })

/** What the reform officer wrote so far; the last question still waits for its answers, so that the editor has something to mend. */
const work: readonly SaveEdit['edit'][] = [
  { kind: 'page-add', title: both('Về học sinh', 'About the pupil'), after: 'nguoi-nop' },
  { kind: 'field-add', pageId: 've-hoc-sinh', type: 'text', label: both('Họ, chữ đệm, tên của cháu', 'The child’s full name') },
  { kind: 'field-add', pageId: 've-hoc-sinh', type: 'date', label: both('Ngày sinh của cháu', 'The child’s date of birth') },
  { kind: 'field-add', pageId: 've-hoc-sinh', type: 'yesNo', label: both('Gia đình là hộ nghèo?', 'Is the family poor by the register?') },
  { kind: 'field-add', pageId: 've-hoc-sinh', type: 'file', label: both('Giấy xác nhận hộ nghèo', 'Paper of the register') },
  { kind: 'field-add', pageId: 've-hoc-sinh', type: 'choice', label: both('Cấp học', 'Kind of school') },
]

/** A form that is being written, for the editor's first page. Left alone when it is there, in whatever state. */
export async function seedEditing(host: EditingHost, province: Province): Promise<void> {
  const day = host.clock().toString().slice(0, 10)
  const [known] = await host.db.read(province, (tx) =>
    officersAt(tx, { role: 'reform_officer', agencyCode: 'H12', ancestors: ['H12'], day }),
  )
  const officer: Officer = {
    kind: 'officer',
    officerId: known?.id ?? '01930000-0000-7000-8fff-000000000801',
    name: known?.name ?? 'Mai Thị Giả Lập',
    grants: [{ role: 'reform_officer', agencyCode: 'H12', subtree: true }],
  }
  const access = createAccess(permissions, { isWithin: () => true, root: () => 'H12' })
  const act = <T>(does: (cx: Context) => Promise<Result<T>>): Promise<Result<T>> =>
    run({ ...host, access: () => access }, { province, actor: officer, requestId: randomUUID(), name: 'demo.editing' }, does)
  const begun = await act((cx) => startEdit(cx, { from: 'new', title: TITLE, code: CODE }))
  if (!begun.ok) return
  for (const edit of work) await act((cx) => saveEdit(cx, { code: CODE, seen: Number.MAX_SAFE_INTEGER, edit }))
}
