import { z } from 'zod'
import { stages } from './rules/dossier.ts'
import { actions } from './rules/transitions.ts'

/** Views are read-only, so their lists are. */
const list = <S extends z.ZodType>(item: S) => z.array(item).readonly()
const nullableText = z.string().nullable()
const instant = z.string().describe('Instant, ISO 8601')
const nullableInstant = instant.nullable()
const text = z.object({ vi: z.string(), en: z.string() })
const stage = z.enum(stages)
const status = z.literal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]).describe('National status code')
const channel = z.enum(['online', 'counter', 'post'])
const clock = z.enum(['none', 'paused', 'on-time', 'soon', 'today', 'overdue', 'done'])

const summaryFields = {
  id: z.uuid(),
  reference: z.string(),
  code: nullableText,
  status,
  stage,
  version: z.number().int(),
  procedureCode: z.string(),
  procedureName: z.string(),
  agencyCode: z.string(),
  receptionAgencyCode: z.string(),
  channel,
  assisted: z.boolean(),
  assigneeId: nullableText,
  assigneeName: nullableText,
  submittedAt: instant,
  receivedAt: nullableInstant,
  dueAt: nullableInstant,
  completedAt: nullableInstant,
  feeVnd: z.number().int(),
  paidVnd: z.number().int(),
}

/** What an extension would mean. */
export const extensionOutput = z.object({ day: z.string(), dueAt: instant, explanation: list(text), why: text })

/** Where a dossier stands after a command. */
export const summary = z.object(summaryFields).meta({ id: 'DossierSummary' })

const workRow = z
  .object({
    id: z.uuid(),
    code: nullableText,
    reference: z.string(),
    procedureCode: z.string(),
    procedureName: z.string(),
    agencyCode: z.string(),
    agencyName: z.string(),
    receptionAgencyCode: z.string(),
    applicantName: z.string(),
    applicantNumber: nullableText.describe('Only the last digits'),
    status,
    stage,
    assigneeId: nullableText,
    assigneeName: nullableText,
    channel,
    assisted: z.boolean(),
    submittedAt: instant,
    receivedAt: nullableInstant,
    dueAt: nullableInstant,
    clock,
    version: z.number().int(),
  })
  .meta({ id: 'WorkRow' })

const count = z.number().int()

export const workListOutput = z.object({
  rows: list(workRow),
  counts: z.object({
    all: count,
    mine: count,
    forMe: count.describe('Their next step is yours to take'),
    forOthers: count.describe('Somebody else has to act first'),
    unassigned: count,
    stages: z.object({
      submitted: count,
      received: count,
      processing: count,
      signing: count,
      supplement: count,
      payment: count,
      withdrawn: count,
      ready: count,
    }),
    overdue: count,
    today: count,
    soon: count,
    waiting: count,
  }),
  matching: count.nullable().describe('How many the filter has in all, up to 1,001; null where a count says it'),
  next: nullableText.describe('Give it back as `after` for the next page'),
  more: z.boolean().describe('A search found more than is shown: narrow it'),
})

export const myDossiersOutput = z.object({
  rows: list(
    z.object({
      id: z.uuid(),
      code: nullableText,
      reference: z.string(),
      procedureCode: z.string(),
      procedureName: z.string(),
      agencyCode: z.string(),
      agencyName: z.string(),
      status,
      stage,
      submittedAt: instant,
      receivedAt: nullableInstant,
      dueAt: nullableInstant,
      completedAt: nullableInstant,
      clock,
      myTurn: z.boolean(),
    }),
  ),
  next: nullableText,
})

const paper = z.object({
  number: z.number().int(),
  kind: z.enum(['component', 'supplement', 'result']),
  componentCode: nullableText,
  name: z.string(),
  sha256: nullableText,
  size: z.number().nullable(),
  mediaType: nullableText,
  digitised: z.boolean(),
  reused: z.boolean(),
  voided: z.boolean().optional().describe('No longer stands: taken back, or recorded by mistake'),
})

const commonFields = {
  ...summaryFields,
  agencyName: z.string(),
  receptionAgencyName: z.string(),
  assistanceAgencyCode: nullableText,
  assistanceAgencyName: nullableText,
  clock,
  dueExplanation: list(text),
  originalDueAt: nullableInstant,
  pausedAt: nullableInstant,
  returnedAt: nullableInstant,
  closedAt: nullableInstant,
  workedDays: z.number().int().nullable(),
  dueChanges: list(
    z.object({
      kind: z.enum(['supplement', 'payment', 'withdrawal', 'extension', 'transfer', 'recall', 'calendar', 'undo']),
      at: instant,
      from: nullableInstant,
      to: nullableInstant,
      reason: nullableText,
      explanation: text.nullable(),
    }),
  ),
  papers: list(paper.extend({ addedAt: instant })),
  supplementRequests: z.number().int(),
  paidOnline: z.boolean(),
  returnsResult: z.boolean(),
  resultElectronic: z.boolean(),
  source: nullableText,
  formCode: nullableText,
  formVersion: z.number().int().nullable(),
}

export const officerViewOutput = z
  .object({
    ...commonFields,
    applicant: z.object({ name: z.string(), number: nullableText, phone: nullableText, email: nullableText }),
    numberShown: z.boolean(),
    submitterId: nullableText,
    answers: z.record(z.string(), z.unknown()).readonly(),
    timeline: list(
      z.object({
        at: instant,
        type: z.string(),
        what: text,
        who: z.string(),
        actingFor: nullableText,
        byApplicant: z.boolean(),
        note: nullableText,
        items: list(z.string()),
        papers: list(paper),
      }),
    ),
    actions: list(z.enum(actions)),
    nextRound: z.number().int().describe('Number of the next list of missing papers; from 2 on it needs `confirmed`'),
    lastStep: text.nullable().describe('What `undo` would take back'),
    extensions: z.number().int(),
    recalls: z.number().int(),
    uncollectedAt: nullableInstant,
    refusalGround: nullableText,
    formerCodes: list(z.string()),
  })
  .meta({ id: 'OfficerDossier' })

export const citizenViewOutput = z
  .object({
    ...commonFields,
    applicantName: z.string(),
    answers: z.record(z.string(), z.unknown()).readonly().nullable(),
    timeline: list(z.object({ at: instant, type: z.string(), sentence: text, items: list(z.string()) })),
    actions: list(z.enum(['answer-supplement', 'withdraw', 'resume'])),
    wanted: z.object({ note: z.string(), items: list(z.string()) }).nullable(),
  })
  .meta({ id: 'CitizenDossier' })
