import { Temporal } from 'temporal-polyfill'
import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { sql } from '../../kernel/database/index.ts'
import { getProcedureAt, publishVersion, type VersionBody } from '../catalogue/index.ts'
import { mergeAgencies, refreshDirectory, splitAgency } from '../organisation/index.ts'
import {
  BIRTH,
  COMMUNE,
  clerk,
  head,
  must,
  OTHER_COMMUNE,
  officer,
  openHouse,
  secondSpecialist,
  specialist,
} from './dossier.test-support.ts'
import {
  answerOpinion,
  askedOfMe,
  askOpinion,
  assignDossier,
  cancelOpinion,
  type DossierSummary,
  dossierForOfficer,
  finishStepByHand,
  handoverSlip,
  issueResult,
  previewTransfers,
  questionFor,
  receiveDossier,
  remindOpinion,
  remindOpinions,
  returnResult,
  routingOf,
  sendBack,
  submitDossier,
  submitForSignature,
  transferMerged,
  undoStep,
} from './index.ts'
import { findSteps, stepHistory } from './routing-store.ts'
import type { Dossier } from './rules/dossier.ts'
import { FILE } from './rules/history.test-support.ts'
import { stepsFrom } from './rules/routing-steps.ts'
import * as store from './store.ts'

const { db, province } = await testDatabase()
const house = await openHouse(db, province)
const ENVIRONMENT = 'H12.09'
const JUSTICE = 'H12.13'
const HOME_AFFAIRS = 'H12.08'
const reform = officer('reform_officer', 'H12', 70, 'Mai Xuân Phúc')
const governor = { ...reform, grants: [{ role: 'reform_officer' as const, agencyCode: 'H12', subtree: true }] }
const environment = officer('specialist', ENVIRONMENT, 71, 'Thạch Sà Rây')
const justice = officer('specialist', JUSTICE, 72, 'Lê Kiều Oanh')
const applicant = { name: 'Nguyễn Thị Đào', number: '096190000123', phone: '0912345678' }
const system = { kind: 'system', name: 'test' } as const

/** Publishes what today's version says, changed, from today on. */
async function publish(code: string, change: Partial<VersionBody>): Promise<void> {
  const { body } = await db.read(province, (tx) => getProcedureAt(tx, code, '2026-03-02'))
  must(await house.as(system, (cx) => publishVersion(cx, { code, validFrom: '2026-03-02', body: { ...body, ...change } })))
}

const step = (code: string, role: 'clerk' | 'specialist' | 'unit_head', allowance: number, next: string[], agencyCode?: string) => ({
  code,
  name: { vi: code, en: code },
  role,
  allowance,
  next,
  agency: agencyCode
    ? { kind: 'named' as const, agencyCode }
    : { kind: role === 'clerk' ? ('reception' as const) : ('resolving' as const) },
})

/** Marriage: the commune and the department of justice side by side. */
const BRANCHED = '1.000894'
const ASKING = '1.001022'
const STOPPING = '1.004837'
const TRIO = '2.000986'

beforeAll(async () => {
  await publish(BRANCHED, {
    timeLimit: { amount: 5, unit: 'working_day' },
    steps: [],
    process: {
      steps: [
        step('nhan', 'clerk', 0.5, ['xac-minh', 'tu-phap']),
        step('xac-minh', 'specialist', 2, ['ky']),
        step('tu-phap', 'specialist', 3, ['ky'], JUSTICE),
        step('ky', 'unit_head', 1, ['tra']),
        step('tra', 'clerk', 0.5, []),
      ],
    },
  })
  const { body } = await db.read(province, (tx) => getProcedureAt(tx, STOPPING, '2026-03-02'))
  await publish(STOPPING, {
    process: { steps: [step('lam', 'specialist', body.timeLimit.amount, [])], consultation: { workingDays: 2, stopsClock: true } },
    steps: [],
  })
  await publish(TRIO, {
    linked: [
      { code: BIRTH, start: 'filing', papers: true },
      { code: '1.010833', start: 'result', after: BIRTH, papers: false },
      { code: '1.010803', start: 'result', after: '1.010833', papers: false },
    ],
  })
})

const received = async (procedureCode: string, agencyCode = COMMUNE, who = clerk): Promise<DossierSummary> =>
  must(
    await house.as(who, (cx) =>
      submitDossier(cx, { procedureCode, agencyCode, applicant, papers: [{ name: 'Đơn', file: FILE }], channel: 'counter', receive: true }),
    ),
  )
const assigned = async (procedureCode: string): Promise<DossierSummary> => {
  const { id } = await received(procedureCode)
  return must(await house.as(head, (cx) => assignDossier(cx, { dossierId: id, assigneeId: specialist.officerId })))
}
const stepsOf = (id: string) => db.read(province, (tx) => findSteps(tx, id))
const openOf = async (id: string): Promise<string[]> => (await stepsOf(id)).filter(({ state }) => state === 'open').map(({ code }) => code)
const viewOf = async (id: string, who = head) => {
  const dossier = await db.read(province, (tx) => store.find(tx, id))
  return routingOf(house, { province, actor: who }, dossier as Dossier)
}
const dueOf = async (id: string) => (await db.read(province, (tx) => store.find(tx, id)))?.dueAt?.toString()

describe('a procedure with parallel branches', () => {
  test('runs both at once, waits for the other agency, and the control slip says who had it from when to when', async () => {
    house.at('2026-03-02T08:00:00+07:00')
    const { id } = await assigned(BRANCHED)
    expect(await openOf(id)).toEqual(['xac-minh', 'tu-phap'])
    house.pass({ hours: 3 })
    expect(await house.as(specialist, (cx) => submitForSignature(cx, { dossierId: id }))).toMatchObject({
      ok: false,
      error: { code: 'dossier.others-first' },
    })

    const foreign = (await stepsOf(id)).find(({ code }) => code === 'tu-phap')?.number ?? 0
    const end = (who: typeof clerk) =>
      house.as(who, (cx) => finishStepByHand(cx, { dossierId: id, number: foreign, note: 'Không có cản trở kết hôn.' }))
    expect(await end(environment)).toMatchObject({ ok: false, error: { code: 'access.denied' } })
    // The other agency reads the dossier while its step is open, without the whole personal number.
    const seen = must(await dossierForOfficer(house, { province, actor: justice }, id))
    expect(seen).toMatchObject({ numberShown: false, actions: [] })
    must(await end(justice))
    expect(await end(justice)).toMatchObject({ ok: false })
    expect(await dossierForOfficer(house, { province, actor: justice }, id)).toMatchObject({ ok: false, error: { code: 'access.denied' } })

    must(await house.as(specialist, (cx) => submitForSignature(cx, { dossierId: id })))
    must(await house.as(head, (cx) => sendBack(cx, { dossierId: id, note: 'Thiếu chữ ký' })))
    expect(await openOf(id)).toEqual(['xac-minh'])
    house.pass({ hours: 24 * 5 })
    must(await house.as(specialist, (cx) => submitForSignature(cx, { dossierId: id })))
    house.pass({ minutes: 5 })
    must(await house.as(head, (cx) => issueResult(cx, { dossierId: id, results: [{ name: 'Giấy chứng nhận' }], electronic: false })))
    must(await house.as(clerk, (cx) => returnResult(cx, { dossierId: id })))
    const slip = await db.read(province, (tx) => handoverSlip(tx, id))
    expect(slip.map(({ step: { vi }, to, result }) => [vi, to.name, result])).toEqual([
      ['nhan', 'Lê Thị Cúc', 'early'],
      ['xac-minh', 'Phạm Văn Hai', 'early'],
      ['tu-phap', 'Lê Kiều Oanh', 'early'],
      ['ky', 'Huỳnh Minh Tư', 'given-back'],
      ['xac-minh', 'Phạm Văn Hai', 'late'],
      ['ky', 'Huỳnh Minh Tư', 'early'],
      ['tra', 'Lê Thị Cúc', 'early'],
    ])
    expect(slip[0]?.from).toBeNull()
    expect(slip[1]?.from?.name).toBe('Lê Thị Cúc')
  })

  test('a step taken back stands as before', async () => {
    house.at('2026-03-03T08:00:00+07:00')
    const { id } = await received(BRANCHED)
    must(await house.as(head, (cx) => assignDossier(cx, { dossierId: id, assigneeId: specialist.officerId })))
    must(await house.as(head, (cx) => undoStep(cx, { dossierId: id, note: 'Phân công nhầm' })))
    expect(await openOf(id)).toEqual(['nhan'])
  })

  test('moved to another specialist, both are on the slip; a dossier of a procedure without steps goes on as ever', async () => {
    const { id } = await assigned(BRANCHED)
    must(await house.as(head, (cx) => assignDossier(cx, { dossierId: id, assigneeId: secondSpecialist.officerId })))
    const slip = await db.read(province, (tx) => handoverSlip(tx, id))
    expect(slip.filter(({ step: { vi } }) => vi === 'xac-minh').map(({ to }) => to.name)).toEqual(['Phạm Văn Hai', 'Võ Thị Ba'])
  })
})

describe('asking other agencies for their opinion', () => {
  const ask = (id: string, agencies: string[]) =>
    house.as(specialist, (cx) => askOpinion(cx, { dossierId: id, question: 'Có tranh chấp gì không?', agencies, papers: [1] }))

  test('two are asked, each with its own clock; one answers in time, the other late; the legal clock goes on', async () => {
    house.at('2026-03-02T08:00:00+07:00')
    const { id } = await assigned(ASKING)
    const due = await dueOf(id)
    const asked = must(await ask(id, [ENVIRONMENT, JUSTICE]))
    expect(asked).toMatchObject({ asked: 2, answered: 0 })
    expect((await viewOf(id)).opinions).toEqual({ asked: 2, answered: 0, overdue: 0 })

    const mine = must(await askedOfMe(house, { province, actor: environment }))
    expect(mine.open.map(({ consultationId }) => consultationId)).toContain(asked.consultationId)
    const question = must(await questionFor(house, { province, actor: environment }, asked.consultationId, undefined))
    expect(question).toMatchObject({ question: 'Có tranh chấp gì không?', agencyCode: ENVIRONMENT, state: 'waiting' })
    expect(question.papers.map(({ name }) => name)).toEqual(['Đơn'])
    expect(JSON.stringify(question)).not.toContain(applicant.number)
    const stranger = officer('specialist', OTHER_COMMUNE, 73, 'Người Lạ')
    expect(await questionFor(house, { province, actor: stranger }, asked.consultationId, undefined)).toMatchObject({
      ok: false,
      error: { code: 'dossier.opinion-not-asked' },
    })

    const answer = (who: typeof clerk, agencyCode: string) =>
      house.as(who, (cx) => answerOpinion(cx, { consultationId: asked.consultationId, agencyCode, verdict: 'agree', answer: 'Không có.' }))
    expect(await answer(environment, JUSTICE)).toMatchObject({ ok: false, error: { code: 'access.denied' } })
    expect(must(await answer(environment, ENVIRONMENT))).toMatchObject({ asked: 2, answered: 1 })
    expect(await answer(environment, ENVIRONMENT)).toMatchObject({ ok: false, error: { code: 'dossier.opinion-already-answered' } })

    // Five working days from Monday end on the next Monday: the job reminds on Friday, and on Tuesday because it is late.
    house.at('2026-03-05T07:35:00+07:00')
    expect(await remindOpinions(house, province)).toEqual({ reminded: 0 })
    house.at('2026-03-06T07:35:00+07:00')
    expect(await remindOpinions(house, province)).toEqual({ reminded: 1 })
    expect(await remindOpinions(house, province)).toEqual({ reminded: 0 })
    house.at('2026-03-10T09:00:00+07:00')
    expect(await remindOpinions(house, province)).toEqual({ reminded: 1 })
    must(await house.as(head, (cx) => remindOpinion(cx, { consultationId: asked.consultationId })))
    expect((await viewOf(id)).opinions).toEqual({ asked: 2, answered: 1, overdue: 1 })
    must(await answer(justice, JUSTICE))
    const [one] = (await viewOf(id)).consultations
    expect(one?.answers.map(({ agencyCode, state, reminders }) => [agencyCode, state, reminders])).toEqual([
      [ENVIRONMENT, 'answered', 0],
      [JUSTICE, 'late', 3],
    ])
    expect(await dueOf(id)).toBe(due)
    const page = must(await dossierForOfficer(house, { province, actor: head }, id))
    expect(page.timeline.map(({ type }) => type).filter((type) => type.startsWith('routing.'))).toEqual([
      'routing.opinion-asked',
      'routing.opinion-answered',
      'routing.opinion-reminded',
      'routing.opinion-reminded',
      'routing.opinion-reminded',
      'routing.opinion-answered',
    ])
    // Opinions do not change the dossier: whoever has its page open is not sent away.
    expect(page.version).toBe((await db.read(province, (tx) => store.find(tx, id)))?.version)
  })

  test('where sector law says so, the due time moves by the working time until the last answer', async () => {
    house.at('2026-03-02T08:00:00+07:00')
    const { id } = await assigned(STOPPING)
    const due = Temporal.Instant.from((await dueOf(id)) ?? '')
    const { consultationId } = must(await ask(id, [JUSTICE]))
    house.at('2026-03-03T08:00:00+07:00')
    must(
      await house.as(justice, (cx) =>
        answerOpinion(cx, { consultationId, agencyCode: JUSTICE, verdict: 'disagree', answer: 'Chưa đủ điều kiện.' }),
      ),
    )
    const moved = Temporal.Instant.from((await dueOf(id)) ?? '')
    expect(moved.since(due, { largestUnit: 'hour' }).hours).toBe(24)
    const [running] = (await stepsOf(id)).filter(({ state }) => state === 'open')
    expect(running?.dueAt).toBe(new Date(moved.epochMilliseconds).toISOString())
  })

  test('a question taken back needs no answer; two answers at once are one', async () => {
    const { id } = await assigned(ASKING)
    const { consultationId } = must(await ask(id, [ENVIRONMENT, JUSTICE]))
    const twice = await Promise.all(
      [1, 2].map(() =>
        house.as(justice, (cx) => answerOpinion(cx, { consultationId, agencyCode: JUSTICE, verdict: 'agree', answer: 'Có.' })),
      ),
    )
    expect(twice.filter(({ ok }) => ok)).toHaveLength(1)
    must(await house.as(specialist, (cx) => cancelOpinion(cx, { consultationId, reason: 'Đã có giấy tờ' })))
    // Whoever has not answered needs the papers no more; that they looked stands at the dossier.
    const looked = async (who: typeof justice) => must(await questionFor(house, { province, actor: who }, consultationId, undefined))
    expect((await looked(environment)).papers).toEqual([])
    expect((await looked(justice)).papers).toHaveLength(1)
    const looks = await db.read(province, (tx) =>
      sql<{ name: string }>`select officer_name as name from dossier_access where dossier_id = ${id}::uuid order by at, name`.execute(tx),
    )
    expect(looks.rows.map(({ name }) => name)).toEqual(expect.arrayContaining([environment.name, justice.name]))
    expect((await viewOf(id)).opinions).toEqual({ asked: 1, answered: 1, overdue: 0 })
    expect(
      await house.as(environment, (cx) => answerOpinion(cx, { consultationId, agencyCode: ENVIRONMENT, verdict: 'agree', answer: 'Có.' })),
    ).toMatchObject({ ok: false, error: { code: 'dossier.opinion-cancelled' } })
    expect(await house.as(clerk, (cx) => askOpinion(cx, { dossierId: id, question: 'Gì?', agencies: [JUSTICE] }))).toMatchObject({
      ok: false,
      error: { code: 'access.denied' },
    })
  })
})

describe('dossiers that belong together', () => {
  test('one filing begins the next, and each result feeds the one that waits for it, from the commune to the province', async () => {
    house.at('2026-03-04T08:00:00+07:00')
    const { id } = await received(TRIO)
    const kin = (await viewOf(id)).kin
    expect(kin.map(({ procedureCode, stage, agencyCode }) => [procedureCode, stage, agencyCode])).toEqual([
      [BIRTH, 'submitted', COMMUNE],
      ['1.010833', null, null],
      ['1.010803', null, null],
    ])
    const finish = async (dossierId: string, office: { clerk: typeof clerk; head: typeof head; worker: typeof specialist }) => {
      must(await house.as(office.clerk, (cx) => receiveDossier(cx, { dossierId })))
      must(await house.as(office.head, (cx) => assignDossier(cx, { dossierId, assigneeId: office.worker.officerId })))
      must(await house.as(office.worker, (cx) => submitForSignature(cx, { dossierId })))
      must(
        await house.as(office.head, (cx) =>
          issueResult(cx, { dossierId, results: [{ name: 'Giấy khai sinh', file: FILE }], electronic: true }),
        ),
      )
    }
    const here = { clerk, head, worker: specialist }
    await finish(kin[0]?.dossierId ?? '', here)
    const second = (await viewOf(id)).kin[1]
    expect(second).toMatchObject({ stage: 'submitted', agencyCode: COMMUNE })
    const fed = await db.read(province, (tx) => store.find(tx, second?.dossierId ?? ''))
    expect(fed?.papers.map(({ name, reused, kind }) => [name, reused, kind])).toEqual([['Giấy khai sinh', true, 'component']])
    await finish(second?.dossierId ?? '', here)
    const third = (await viewOf(id)).kin[2]
    expect(third).toMatchObject({ stage: 'submitted', agencyCode: HOME_AFFAIRS })
    // Three places stay apart: who helped, who receives, who decides.
    expect(await db.read(province, (tx) => store.find(tx, third?.dossierId ?? ''))).toMatchObject({
      assistanceAgencyCode: COMMUNE,
      receptionAgencyCode: HOME_AFFAIRS,
      agencyCode: HOME_AFFAIRS,
    })
    expect((await viewOf(third?.dossierId ?? '')).kin[0]).toMatchObject({ role: 'parent', dossierId: id })
  })
})

describe('reception independent of boundaries', () => {
  test('a counter receives what another commune resolves; both see it, a third does not', async () => {
    const far = officer('clerk', OTHER_COMMUNE, 74, 'Danh Nam')
    const filed = must(
      await house.as(far, (cx) =>
        submitDossier(cx, {
          procedureCode: ASKING,
          agencyCode: COMMUNE,
          receptionAgencyCode: OTHER_COMMUNE,
          applicant,
          channel: 'counter',
          receive: true,
        }),
      ),
    )
    expect(filed.code).toMatch(/^H12\.101-/)
    const reads = async (who: typeof clerk) => (await dossierForOfficer(house, { province, actor: who }, filed.id)).ok
    expect([await reads(far), await reads(clerk), await reads(officer('clerk', 'H12.103', 75))]).toEqual([true, true, false])
    expect((await stepsOf(filed.id)).map(({ role, agencyCode }) => [role, agencyCode])).toEqual(
      (await stepsOf(filed.id)).map(({ role }) => [role, role === 'clerk' ? OTHER_COMMUNE : COMMUNE]),
    )
  })
})

describe('while somebody is away', () => {
  test('their role in another’s hands does what waits for them, and the history says in whose place', async () => {
    const { id } = await assigned(ASKING)
    const deputy = {
      ...officer('specialist', COMMUNE, 76, 'Sơn Nhung'),
      grants: [
        {
          role: 'specialist' as const,
          agencyCode: COMMUNE,
          subtree: false,
          onBehalfOf: { officerId: specialist.officerId, name: specialist.name },
        },
      ],
    }
    expect(await house.as(secondSpecialist, (cx) => submitForSignature(cx, { dossierId: id }))).toMatchObject({ ok: false })
    must(await house.as(deputy, (cx) => submitForSignature(cx, { dossierId: id })))
    const page = must(await dossierForOfficer(house, { province, actor: head }, id))
    expect(page.timeline.at(-1)).toMatchObject({ who: 'Sơn Nhung', actingFor: 'Phạm Văn Hai' })
  })
})

describe('units that are gone with open dossiers in them', () => {
  const fields = (name: string) => ({
    name,
    shortName: name,
    tier: 'commune' as const,
    kind: 'people_committee' as const,
    parentCode: 'H12',
    areaCode: null,
  })
  const basis = { day: '2026-04-01', source: 'NQ thử nghiệm', note: '' }

  test('merged: they move to the successor by themselves; divided: a person chooses', async () => {
    house.at('2026-03-04T08:00:00+07:00')
    const merging = await received(ASKING, 'H12.110', officer('clerk', 'H12.110', 77))
    const splitting = await received(ASKING, 'H12.112', officer('clerk', 'H12.112', 78))
    must(
      await house.as(system, (cx) =>
        mergeAgencies(cx, { codes: ['H12.110', 'H12.111'], into: 'H12.189', fields: fields('Xã Gộp'), basis: basis }),
      ),
    )
    must(
      await house.as(system, (cx) =>
        splitAgency(cx, {
          code: 'H12.112',
          into: [
            { code: 'H12.190', fields: fields('Xã Đông') },
            { code: 'H12.191', fields: fields('Xã Tây') },
          ],
          basis: basis,
        }),
      ),
    )
    house.at('2026-04-02T08:00:00+07:00')
    await refreshDirectory(db, province)
    const before = must(await previewTransfers(house, { province, actor: governor }))
    expect(before.units.find(({ code }) => code === 'H12.110')).toMatchObject({ open: 1, heir: { code: 'H12.189' } })
    expect(before.units.find(({ code }) => code === 'H12.112')?.choices.map(({ code }) => code)).toEqual(['H12.190', 'H12.191'])
    expect(before.undecided.map(({ id }) => id)).toEqual([splitting.id])

    expect(await transferMerged(house, province)).toEqual({ moved: 1, refused: {}, undecided: 1 })
    expect(await transferMerged(house, province)).toMatchObject({ moved: 0, undecided: 1 })
    const moved = await db.read(province, (tx) => store.find(tx, merging.id))
    expect(moved).toMatchObject({ agencyCode: 'H12.189', code: merging.code, version: 3 })
    expect((await stepsOf(merging.id)).filter(({ state }) => state === 'waiting').map(({ agencyCode }) => agencyCode)).not.toContain(
      'H12.110',
    )
    expect(await db.read(province, (tx) => store.find(tx, splitting.id))).toMatchObject({ agencyCode: 'H12.112' })
  })
})

test('what events keep of the steps leads to the stored ones', async () => {
  const { rows } = await db.read(province, (tx) => sql<{ id: string }>`select distinct dossier_id as id from dossier_step`.execute(tx))
  expect(rows.length).toBeGreaterThan(5)
  for (const { id } of rows) {
    const kept = stepsFrom(await db.read(province, (tx) => stepHistory(tx, id)))
    const stored = await stepsOf(id)
    // A step taken back is written down as dropped, or as it stood before.
    expect(stored.map(({ number }) => number)).toEqual(kept.map(({ number }) => number))
    expect(stored.filter(({ state }) => state === 'done')).toEqual(kept.filter(({ state }) => state === 'done'))
  }
})
