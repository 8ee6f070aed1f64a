import { Temporal } from 'temporal-polyfill'
import { dayOf } from '../../../kernel/clock.ts'
import { refusals } from '../../../kernel/errors.ts'
import { fill, type Text } from '../../../kernel/i18n/index.ts'
import { isUuid } from '../../../kernel/id.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { addWorkingDays, loadCalendar } from '../../calendar/index.ts'
import type { OfficerName } from '../../identity/index.ts'
import { handlersAt } from '../commands/assign-petition.ts'
import { targetOf } from '../commands/step.ts'
import { unknownPetition } from '../errors.ts'
import { feedbackSettings } from '../files.ts'
import { personalTraces, type Trace, withoutTraces } from '../rules/personal-data.ts'
import { dueNow, type Petition } from '../rules/petition.ts'
import {
  type PetitionAction,
  type PetitionEventType,
  petitionActions,
  petitionTransitions,
  possibleActions,
} from '../rules/petition-transitions.ts'
import { type PetitionClass, versionOn } from '../rules/settings.ts'
import * as store from '../store.ts'
import { eventTexts, plainTexts, standTexts } from '../texts.ts'
import { masked } from '../view.ts'
import { clockOf, type PetitionRow, SOON_DAYS } from './petition-list.ts'
import { type Asker, deniedTo, type QueryHost, type Reader, readerOf } from './reader.ts'

export interface HistoryEntry {
  readonly at: string
  readonly type: PetitionEventType
  readonly sentence: Text
  readonly who: string | null
  readonly note: string | null
}

/** What somebody would publish, with what looks like personal data already taken out. */
export interface PublicationProposal {
  readonly title: string
  readonly content: string
  readonly answer: string
  readonly traces: readonly Trace[]
}

export interface OfficerPetition extends Omit<Petition, 'phone'> {
  readonly phone: string | null
  readonly agencyName: string
  readonly clock: PetitionRow['clock']
  readonly due: string | null
  /** Share of the time that is gone, 0…1. */
  readonly used: number
  readonly className: Text | null
  readonly classes: readonly PetitionClass[]
  readonly handlers: readonly OfficerName[]
  readonly history: readonly HistoryEntry[]
  /** What this officer may do now. */
  readonly actions: readonly PetitionAction[]
  readonly proposal: PublicationProposal | null
  /** To refuse or to ask for more is still in time. */
  readonly refuseInTime: boolean
  readonly askInTime: boolean
}

const historyTexts = (
  reader: Reader,
  rows: readonly store.LoggedRow[],
  sentences: Readonly<Partial<Record<PetitionEventType, Text>>>,
): HistoryEntry[] => {
  let unit = ''
  return rows.flatMap((row) => {
    const type = row.type as PetitionEventType
    const { data } = row
    const filed = (data.petition as Petition | undefined)?.agencyCode
    unit = filed ?? (typeof data.agencyCode === 'string' ? data.agencyCode : unit)
    const sentence = sentences[type]
    if (!sentence) return []
    const values = { agency: reader.directory.name(unit, dayOf(row.at)), assignee: String(data.assigneeName ?? '') }
    const { note } = data
    return [
      {
        at: row.at.toString(),
        type,
        sentence: fill(sentence, values),
        // Officers answer for their steps by name; who petitioned or voted is nobody's business here.
        who: row.actor.kind === 'officer' ? (row.actor.name ?? null) : null,
        note: typeof note === 'string' && note !== '' ? note : null,
      },
    ]
  })
}

const TITLE = 90

/** The first sentence of a text, short enough for a title. */
const titleOf = (content: string): string => {
  const first = content.replace(/\s+/g, ' ').split(/(?<=[.!?])\s/)[0] ?? ''
  const chars = [...first]
  return chars.length <= TITLE ? first : `${chars.slice(0, TITLE).join('')}…`
}

function proposalOf(petition: Petition): PublicationProposal {
  const names = [petition.name]
  const content = withoutTraces(petition.content, names)
  return {
    title: titleOf(content),
    content,
    answer: withoutTraces(petition.answer ?? '', names, 'office'),
    traces: [...personalTraces(petition.content, names), ...personalTraces(petition.answer ?? '', names, 'office')],
  }
}

const OFFICE_ACTIONS: readonly PetitionAction[] = petitionActions.filter(
  (action) => !petitionTransitions[action].byPetitioner && action !== 'fall-late',
)

/** A petition as the officer works on it. The look is recorded. Refusals: petition.unknown, access.denied. */
export async function petitionForOfficer(host: QueryHost, asker: Asker, id: string): Promise<Result<OfficerPetition>> {
  const reader = await readerOf(host, asker)
  const { access, actor, now } = reader
  if (actor.kind === 'citizen' || !access.can(actor, 'feedback.read')) return refuse(deniedTo(actor))
  const petition = isUuid(id) ? await reader.read((tx) => store.findPetition(tx, id)) : undefined
  if (!petition) return refuse(unknownPetition)
  const target = targetOf(petition)
  const may = (action: string): boolean => access.can(actor, `feedback.${action}`, target)
  if (!may('read') || (petition.kind === 'staff' && !may('read-staff'))) return refuse(refusals.denied)
  const today = dayOf(now)
  const { classes } = await feedbackSettings()
  const { history, handlers, soon, drafter } = await reader.read(async (tx) => {
    if (actor.kind === 'officer') await store.recordAccess(tx, id, actor, now)
    return {
      history: await store.historyOf(tx, id),
      handlers: may('assign') ? await handlersAt(tx, petition.agencyCode, today) : [],
      soon: addWorkingDays(now, SOON_DAYS, await loadCalendar(tx)),
      drafter: petition.stage === 'signing' ? await store.drafterOf(tx, id) : null,
    }
  })
  const list = versionOn(classes, petition.filedDay).classes
  const due = dueNow(petition)
  const start = Date.parse(petition.stage === 'publishing' ? (petition.signedAt ?? petition.clockFrom) : petition.clockFrom)
  const end = due ? Date.parse(due.at) : start
  const seesPetitioner = may('see-petitioner')
  const possible = possibleActions(petition.stage)
  const before = (text: string): boolean => Temporal.Instant.compare(now, Temporal.Instant.from(text)) <= 0
  return ok({
    ...petition,
    name: seesPetitioner ? petition.name : '•••',
    phone: seesPetitioner ? petition.phone : masked(petition.phone),
    agencyName: reader.directory.name(petition.agencyCode, today),
    clock: clockOf(petition, due && Temporal.Instant.from(due.at), now, soon),
    due: due?.at ?? null,
    used: end > start ? Math.min(1, Math.max(0, (now.epochMilliseconds - start) / (end - start))) : 1,
    className: list.find(({ code }) => code === petition.classCode)?.name ?? null,
    classes: list,
    handlers,
    history: historyTexts(reader, history, eventTexts),
    actions: OFFICE_ACTIONS.filter((action) => possible.includes(action) && may(action))
      .filter((action) => petition.kind !== null || (action !== 'accept' && action !== 'draft'))
      .filter((action) => action !== 'sign' || actor.kind !== 'officer' || drafter !== actor.officerId),
    proposal: petition.stage === 'publishing' ? proposalOf(petition) : null,
    refuseInTime: before(petition.refuseDueAt),
    askInTime: before(petition.askDueAt),
  })
}

/** What whoever filed it sees. */
export interface OwnPetition {
  readonly id: string
  readonly reference: string
  readonly version: number
  readonly stage: Petition['stage']
  readonly stands: Text
  readonly filedAt: string
  readonly agencyName: string
  readonly procedureName: string | null
  readonly dossierCode: string | null
  readonly content: string
  readonly attachments: readonly string[]
  readonly due: string | null
  readonly dueExplanation: readonly Text[]
  readonly question: string | null
  /** Only once it is signed. */
  readonly answer: string | null
  readonly signedBy: string | null
  readonly published: boolean
  readonly reraised: boolean
  readonly vote: boolean | null
  readonly timeline: readonly HistoryEntry[]
  readonly actions: readonly ('supply' | 'reraise' | 'withdraw' | 'vote')[]
}

/** Notes of the office that the petitioner reads too: why it was refused, what is asked, why it went elsewhere. */
const TOLD = new Set<PetitionEventType>([
  'petition.refused',
  'petition.asked',
  'petition.transferred',
  'petition.supplied',
  'petition.reraised',
])

export async function ownView(reader: Reader, petition: Petition): Promise<OwnPetition> {
  const { history, vote } = await reader.read(async (tx) => ({
    history: await store.historyOf(tx, petition.id),
    vote: await store.findVote(tx, petition.id, 'filer'),
  }))
  const agency = reader.directory.name(petition.agencyCode, dayOf(reader.now))
  const possible = possibleActions(petition.stage)
  return {
    id: petition.id,
    reference: petition.reference,
    version: petition.version,
    stage: petition.stage,
    stands: fill(standTexts[petition.stage], { agency }),
    filedAt: petition.filedAt,
    agencyName: agency,
    procedureName: petition.procedureName,
    dossierCode: petition.dossierCode,
    content: petition.content,
    attachments: petition.attachments.map(({ name }) => name),
    due: dueNow(petition)?.at ?? null,
    dueExplanation: petition.dueExplanation,
    question: petition.stage === 'clarifying' ? petition.question : null,
    answer: petition.signedAt === null ? null : petition.answer,
    signedBy: petition.signedBy,
    published: petition.publishedAt !== null,
    reraised: petition.reraised,
    vote,
    timeline: historyTexts(reader, history, plainTexts).map((entry) => ({
      ...entry,
      who: null,
      note: TOLD.has(entry.type) ? entry.note : null,
    })),
    actions: (['supply', 'vote', 'reraise', 'withdraw'] as const).filter(
      (action) => possible.includes(action) && (action !== 'reraise' || !petition.reraised),
    ),
  }
}

/** A petition of the signed-in person. Somebody else's is answered as one that does not exist. */
export async function ownPetition(host: QueryHost, asker: Asker, id: string): Promise<Result<OwnPetition>> {
  const reader = await readerOf(host, asker)
  const { actor } = reader
  if (actor.kind !== 'citizen') return refuse(deniedTo(actor))
  const petition = isUuid(id) ? await reader.read((tx) => store.findPetition(tx, id)) : undefined
  if (!petition || petition.personId !== actor.personId) return refuse(unknownPetition)
  return ok(await ownView(reader, petition))
}
