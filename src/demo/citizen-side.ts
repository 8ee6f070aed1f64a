import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import { createAccess } from '../kernel/access/index.ts'
import type { Clock } from '../kernel/clock.ts'
import { type CommandHost, run } from '../kernel/command.ts'
import type { Actor, Citizen, Context, Officer } from '../kernel/context.ts'
import type { Database, Province } from '../kernel/database/index.ts'
import { documentTypes, type Files } from '../kernel/files/index.ts'
import type { Result } from '../kernel/result.ts'
import { answerTrial, askTrial, chooseCollection, permissions, sendMessage, submitDossier } from '../modules/dossier/index.ts'
import { demoCitizens, findPersonBySubject, STAND_IN_ISSUER } from '../modules/identity/index.ts'

interface CitizenSideHost {
  readonly db: Database
  readonly clock: Clock
  readonly files: Files
}

const CAI_NUOC = 'H12.144'
/** Certified copies: asked for by anybody, for anybody. */
const COPIES = '2.000815'

const PROOF =
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'

/** The demo's citizens by their place in the list. */
async function citizens(host: CitizenSideHost, province: Province): Promise<Citizen[]> {
  const found: Citizen[] = []
  for (const { subject, name, personalNumber, phone } of demoCitizens().citizens) {
    const known = await host.db.read(province, (tx) => findPersonBySubject(tx, STAND_IN_ISSUER, subject))
    if (known) found.push({ kind: 'citizen', personId: known.id, name, personalNumber, phone })
  }
  return found
}

const clerk: Officer = {
  kind: 'officer',
  officerId: '01930000-0000-7000-8fff-000000000814',
  name: 'Danh Hoàng Nam',
  grants: [{ role: 'clerk', agencyCode: CAI_NUOC, subtree: false }],
}

/** Whether words were exchanged already: the demo's come first. */
export const isCitizenSideSeeded = (db: Database, province: Province): Promise<boolean> =>
  db.read(province, async (tx) => {
    const { rows } = await sql<{ found: boolean }>`select exists (select from dossier_message) as found`.execute(tx)
    return rows[0]?.found ?? false
  })

/**
 * What demo citizens do beside filing: words with the commune (one unread on each side), a result by post, a dossier filed for a child with
 * proof, a draft the desk looks at and one it has answered. Does nothing when it is there already.
 */
export async function seedCitizenSide(host: CitizenSideHost, province: Province): Promise<void> {
  if (await isCitizenSideSeeded(host.db, province)) return
  const [mother, farmer, cook] = await citizens(host, province)
  if (!mother || !farmer || !cook) return
  const now = host.clock()
  const access = createAccess(permissions, { isWithin: (code, ancestor) => code === ancestor })
  const act = async <T>(actor: Actor, at: Temporal.Instant, work: (cx: Context) => Promise<Result<T>>): Promise<T> => {
    const then: CommandHost = { db: host.db, clock: () => at, access: () => access }
    const done = await run(then, { province, actor, requestId: randomUUID(), name: 'demo.citizen' }, work)
    if (!done.ok) throw new Error(`the demo did something impossible: ${done.error.code}`)
    return done.value
  }
  const own = async (person: Citizen, stage: string): Promise<string | undefined> =>
    host.db.read(province, async (tx) => {
      const { rows } = await sql<{ id: string }>`
        select id from dossier where submitter_id = ${person.personId}::uuid and stage = ${stage} order by id limit 1`.execute(tx)
      return rows[0]?.id
    })
  const ago = (minutes: number): Temporal.Instant => now.subtract({ minutes })

  const underWay = await own(mother, 'processing')
  if (underWay) {
    await act(mother, ago(190), (cx) => sendMessage(cx, { dossierId: underWay, text: 'Chồng tôi đến lấy thay được không?' }))
    await act(clerk, ago(150), (cx) =>
      sendMessage(cx, { dossierId: underWay, text: 'Được chị. Anh mang giấy hẹn và căn cước của anh, chị ký sẵn vào giấy hẹn là được.' }),
    )
    await act(mother, ago(140), (cx) =>
      chooseCollection(cx, {
        dossierId: underWay,
        way: 'post',
        receiver: 'Lý Phước Thành',
        phone: '0100000199',
        address: { province: '96', commune: '', line: 'Ấp 2', label: 'Ấp 2, Xã Cái Nước, Tỉnh Cà Mau' },
      }),
    )
  }
  const waiting = await own(mother, 'supplement')
  if (waiting) {
    await act(mother, ago(60), (cx) =>
      sendMessage(cx, { dossierId: waiting, text: 'Giấy này tôi chụp bằng điện thoại gửi lên được không, hay phải ra xã?' }),
    )
  }
  const farmers = await own(farmer, 'processing')
  if (farmers)
    await act(farmer, ago(35), (cx) => sendMessage(cx, { dossierId: farmers, text: 'Tôi đổi số điện thoại, gọi số này giùm tôi.' }))

  const proof = await host.files.put('giay-khai-sinh.pdf', Readable.from([Buffer.from(PROOF)]), { maxBytes: 10_000, accept: documentTypes })
  if (!proof.ok) throw new Error(`the demo proof was not taken: ${proof.error.code}`)
  const { sha256, size, type } = proof.value
  await act(farmer, ago(25), (cx) =>
    submitDossier(cx, {
      procedureCode: COPIES,
      agencyCode: CAI_NUOC,
      applicant: { name: 'LÝ GIA BẢO', number: null, phone: farmer.phone ?? null },
      representation: { kind: 'child', by: farmer.name, role: 'cha', birthDate: '2019-06-14', proofs: ['Giấy khai sinh của con'] },
      formCode: 'chung-thuc-ban-sao',
      formVersion: 1,
      answers: {},
      papers: [{ componentCode: 'giay-khai-sinh', name: 'Giấy khai sinh của con', file: { sha256, size, type } }],
    }),
  )

  const draft = (person: Citizen, agencyCode: string) => ({
    personId: person.personId,
    procedureCode: COPIES,
    agencyCode,
    formCode: 'chung-thuc-ban-sao',
    formVersion: 1,
    answers: { fullName: person.name, phone: person.phone },
    applicantName: null,
  })
  await act(mother, ago(45), (cx) => askTrial(cx, draft(mother, CAI_NUOC)))
  const seen = await act(farmer, ago(300), (cx) => askTrial(cx, draft(farmer, CAI_NUOC)))
  await act(clerk, ago(200), (cx) =>
    answerTrial(cx, {
      trialId: seen.id,
      verdict: 'mend',
      note: 'Chụp lại bản chính cho rõ cả bốn góc giúp chị.',
      comments: [{ path: 'phone', label: 'Điện thoại', text: 'Số này gọi không được, chị ghi số đang dùng.' }],
    }),
  )
}
