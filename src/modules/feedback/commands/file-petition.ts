import { allow } from '../../../kernel/access/index.ts'
import { dayOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import { Refused } from '../../../kernel/errors.ts'
import { makeReference } from '../../../kernel/reference.ts'
import { ok, type Result } from '../../../kernel/result.ts'
import { loadDirectory } from '../../organisation/index.ts'
import { contactNeeded, filedTooOften, unknownUnit } from '../errors.ts'
import { type Attachment, newPetition } from '../rules/petition.ts'
import { decideFile } from '../rules/petition-life.ts'
import * as store from '../store.ts'
import type { PetitionSummary } from '../view.ts'
import { deadlinesFor, settle } from './step.ts'

export interface FilePetition {
  readonly content: string
  readonly name?: string | undefined
  readonly phone?: string | undefined
  /** The unit it is addressed to; absent: the one that resolves the dossier, else the top of the province. */
  readonly agencyCode?: string | undefined
  /** A dossier that the caller has proved to be the petitioner's own. */
  readonly dossierId?: string | undefined
  readonly procedure?: { readonly code: string; readonly name: string } | undefined
  readonly attachments?: readonly Attachment[]
  readonly mayPublish?: boolean
}

/** In a day one person or one phone number may send so many. */
const DAILY = 5

/** As people write it, with +84 or spaces → as it is stored and compared: 0 and nine digits. */
const plainPhone = (phone: string | null | undefined): string | null =>
  phone?.replace(/[\s.-]/g, '').replace(/^\+?84(?=\d{9}$)/, '0') || null

/**
 * Takes a petition in, from anybody: signed in, with a name and a phone number, or written down by an officer at the counter. Gives an
 * unguessable reference. Refusals: petition.filed-too-often, input.invalid (phone, unit).
 */
export async function filePetition(cx: Context, input: FilePetition): Promise<Result<PetitionSummary>> {
  const { actor } = cx
  const byOfficer = actor.kind === 'officer'
  if (byOfficer) allow(cx, 'feedback.record')
  const citizen = actor.kind === 'citizen' ? actor : undefined
  const phone = plainPhone(input.phone ?? citizen?.phone)
  if (!citizen && !phone) throw new Refused(contactNeeded)
  const who = { personId: citizen?.personId ?? null, phone }
  if (!byOfficer && (await store.countFiled(cx.tx, who, cx.now.subtract({ hours: 24 }))) >= DAILY) throw new Refused(filedTooOften)

  const today = dayOf(cx.now)
  const directory = await loadDirectory(cx.tx)
  const dossier = input.dossierId ? await store.readDossier(cx.tx, input.dossierId) : undefined
  const unit = directory.find(dossier?.agencyCode ?? input.agencyCode ?? directory.root(today)?.code ?? '', today)
  if (!unit) throw new Refused(unknownUnit)

  const filedAt = cx.now.toString()
  const clock = { agencyCode: unit.code, clockFrom: filedAt, atUnitSince: filedAt, pauses: [] }
  const petition = newPetition({
    id: cx.id(),
    reference: `PA-${makeReference(cx.random(7))}`,
    filedAt,
    filedDay: today,
    channel: byOfficer ? 'counter' : 'online',
    personId: who.personId,
    name: (input.name ?? citizen?.name ?? '').trim(),
    phone,
    dossierId: dossier?.id ?? null,
    dossierCode: dossier?.code ?? null,
    procedureCode: dossier?.procedureCode ?? input.procedure?.code ?? null,
    procedureName: dossier?.procedureName ?? input.procedure?.name ?? null,
    content: input.content.trim(),
    attachments: input.attachments ?? [],
    mayPublish: input.mayPublish ?? false,
    agencyCode: unit.code,
    ...(await deadlinesFor(cx, clock)),
  })
  return settle(cx, null, ok(decideFile(petition)))
}
