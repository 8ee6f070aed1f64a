import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { run } from '../../src/kernel/command.ts'
import type { Actor, Context } from '../../src/kernel/context.ts'
import { sql } from '../../src/kernel/database/index.ts'
import type { Result } from '../../src/kernel/result.ts'
import { assignDossier, receiveDossier, submitDossier } from '../../src/modules/dossier/index.ts'
import { maritalStatus } from '../support/filing.ts'
import { openHouse } from '../support/open-house.ts'
import { csrfIn, Visitor } from '../support/visitor.ts'

const { app, baseUrl } = await openHouse()
const { province } = app
const COMMUNE = 'H12.144'

const officerId = async (username: string): Promise<string> => {
  const { rows } = await app.db.read(province, (tx) => sql<{ id: string }>`select id from officer where username = ${username}`.execute(tx))
  return rows[0]?.id ?? ''
}
const as = async <T>(actor: Actor, work: (cx: Context) => Promise<Result<T>>): Promise<T> => {
  const done = await run(app, { province, actor, requestId: randomUUID(), name: 'test' }, work)
  if (!done.ok) throw new Error(done.error.code)
  return done.value
}
const signedIn = async (username: string): Promise<Visitor> => {
  const visitor = new Visitor((request) => fetch(request), baseUrl)
  await visitor.submit('/dang-nhap/can-bo', { username, password: 'cuaso-demo-2026' })
  return visitor
}

test('an officer whose account is closed between opening a step and sending it changes nothing and is asked to sign in', async () => {
  const specialist = await officerId('cainuoc.chuyenvien')
  const grants = (['clerk', 'unit_head'] as const).map((role) => ({ role, agencyCode: COMMUNE, subtree: false }))
  const desk: Actor = { kind: 'officer', officerId: await officerId('cainuoc.lanhdao'), name: 'Lâm Thanh Tùng', grants }
  const { id: dossierId } = await as(desk, (cx) => submitDossier(cx, { ...maritalStatus, agencyCode: COMMUNE, papers: [] }))
  await as(desk, (cx) => receiveDossier(cx, { dossierId }))
  await as(desk, (cx) => assignDossier(cx, { dossierId, assigneeId: specialist }))

  const worker = await signedIn('cainuoc.chuyenvien')
  const address = `/mot-cua/ho-so/${dossierId}`
  const shown = await (await worker.get(address)).text()
  expect(shown).toContain(`${address}/submit-for-signature`)

  const administrator = await signedIn('quantri')
  const closed = await administrator.submit(
    `/quan-tri/can-bo/${specialist}/ngung`,
    { reason: 'Chuyển công tác', _request: randomUUID() },
    `/quan-tri/can-bo/${specialist}`,
  )
  expect(closed.status).toBe(303)

  const events = () =>
    app.db
      .read(province, (tx) => sql`select type from event where subject = ${dossierId}::uuid`.execute(tx))
      .then(({ rows }) => rows.length)
  const before = await events()
  const answer = await worker.post(`${address}/submit-for-signature`, {
    _csrf: csrfIn(shown),
    _request: randomUUID(),
    note: 'Đã thẩm định',
  })
  expect(answer.status).toBe(401)
  expect(await answer.text()).toContain('Bạn cần đăng nhập để xem trang này.')
  expect(await events()).toBe(before)
  const { rows } = await app.db.read(province, (tx) =>
    sql<{ stage: string }>`select stage from dossier where id = ${dossierId}::uuid`.execute(tx),
  )
  expect(rows).toEqual([{ stage: 'processing' }])
})
