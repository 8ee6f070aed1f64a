import { Temporal } from 'temporal-polyfill'
import { fill, type Text } from '../../../kernel/i18n/index.ts'
import { moment } from '../../calendar/index.ts'
import type { Correction, DossierEventType, PaperRecord } from '../events.ts'
import { anyEventText, citizenRoutingTexts, type RoutingEventType, waitedForOpinion } from '../routing-texts.ts'
import { channelNames, citizenTexts, correctedNames, eventTexts, stepNames } from '../texts.ts'
import { masked } from '../view.ts'

/** An event as the log gives it back; `at` as ISO text. */
export interface LoggedEvent {
  readonly at: string
  readonly type: string
  readonly actor: { readonly kind?: string; readonly id?: string; readonly name?: string; readonly for?: { readonly name?: string } }
  readonly data: Readonly<Record<string, unknown>>
}

/** One line of an office's history: who did what when, with the note and the papers that came with it. */
export interface TimelineEntry {
  readonly at: string
  readonly type: DossierEventType | RoutingEventType
  readonly what: Text
  readonly who: string
  /** In whose place it was done, while they were away. */
  readonly actingFor: string | null
  readonly byApplicant: boolean
  readonly note: string | null
  readonly items: readonly string[]
  readonly papers: readonly PaperRecord[]
}

/** One line of the applicant's history, in plain words. */
export interface PlainEntry {
  readonly at: string
  readonly type: DossierEventType | RoutingEventType
  readonly sentence: Text
  readonly items: readonly string[]
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

const dueOf = (data: LoggedEvent['data']): Text => {
  const due = text(data.dueAt)
  return due ? moment(Temporal.Instant.from(due)) : { vi: '', en: '' }
}

/** The steps that were taken back, by the names under which they stand in the history. */
const stepsOf = (data: LoggedEvent['data']): Text[] =>
  (Array.isArray(data.undoes) ? (data.undoes as { type: string }[]) : []).flatMap(({ type }) =>
    type in stepNames ? [stepNames[type as keyof typeof stepNames] as Text] : [],
  )

function words(template: Text, data: LoggedEvent['data']): Text {
  const due = dueOf(data)
  const amount = Number(data.amountVnd ?? 0)
  const note = text(data.note).replace(/([^.!?…])$/, '$1.')
  const assignee = text(data.assigneeName)
  const decision = [text(data.decisionNumber), text(data.decisionDay).split('-').reverse().join('/')].filter(Boolean)
  const steps = stepsOf(data)
  const step = (data.step ?? { vi: '', en: '' }) as Text
  const common = {
    note,
    assignee,
    agency: text(data.agencyName),
    agencies: Array.isArray(data.agencyNames) ? data.agencyNames.map(String).join(', ') : '',
    procedure: text(data.procedureName),
    days: Number(data.days ?? 0),
  }
  const { vi } = fill(template, {
    ...common,
    amount: amount.toLocaleString('vi-VN'),
    due: due.vi,
    step: step.vi,
    decision: decision.join(' ngày '),
    steps: steps.map((step) => step.vi).join(', '),
  })
  const { en } = fill(template, {
    ...common,
    amount: amount.toLocaleString('en'),
    due: due.en,
    step: step.en,
    decision: decision.join(' of '),
    steps: steps.map((step) => step.en).join(', '),
  })
  return { vi, en }
}

/** A due time that moved because an opinion was waited for is no change of the calendar. */
const whatOf = (event: LoggedEvent): Text =>
  event.data.cause === 'consultation' ? waitedForOpinion : (anyEventText(event.type) ?? eventTexts['dossier.noted'])

const isAnyKnown = (event: LoggedEvent): event is LoggedEvent & { type: DossierEventType | RoutingEventType } =>
  anyEventText(event.type) !== undefined

const items = (data: LoggedEvent['data']): string[] => (Array.isArray(data.items) ? data.items.map(String) : [])

const nothing: Text = { vi: 'để trống', en: 'empty' }
const saidOf = (given: boolean): Text => (given ? { vi: 'có', en: 'yes' } : { vi: 'không', en: 'no' })
const same = (value: string): Text => ({ vi: value, en: value })

/** One corrected thing as people read it. A personal number shows its end only: this stays in the history for whoever reads it. */
function correctedValue(change: Correction, value: Correction['before']): Text {
  if (typeof value === 'boolean') return saidOf(value)
  if (value === null || value === '') return nothing
  if (change.field === 'number') return same(masked(String(value)) ?? '')
  if (change.field === 'channel') return channelNames[value as keyof typeof channelNames]
  if (change.field === 'fee') return { vi: `${Number(value).toLocaleString('vi-VN')} đ`, en: `VND ${Number(value).toLocaleString('en')}` }
  return same(`“${value}”`)
}

/** What a correction put right: what stood there, what stands there now. */
function corrected(changes: readonly Correction[]): Text {
  const parts = changes.map((change) => {
    const name = fill(correctedNames[change.field], { paper: 'paper' in change ? change.paper : '' })
    const before = correctedValue(change, change.before)
    const after = correctedValue(change, change.after)
    return { vi: `${name.vi} ${before.vi} → ${after.vi}`, en: `${name.en} ${before.en} → ${after.en}` }
  })
  return { vi: parts.map(({ vi }) => vi).join('; '), en: parts.map(({ en }) => en).join('; ') }
}

/** What happened, in a line; of a correction also what it changed. */
function told(event: LoggedEvent): Text {
  const what = words(whatOf(event), event.data)
  if (event.type !== 'dossier.details-corrected') return what
  const changes = corrected((event.data.changes ?? []) as Correction[])
  return changes.vi ? { vi: `${what.vi}: ${changes.vi}`, en: `${what.en}: ${changes.en}` } : what
}

export const timelineOf = (events: readonly LoggedEvent[]): TimelineEntry[] =>
  events.filter(isAnyKnown).map((event) => ({
    at: event.at,
    type: event.type,
    what: told(event),
    who: event.actor.name ?? '',
    actingFor: event.actor.for?.name ?? null,
    byApplicant: event.actor.kind === 'citizen',
    note: text(event.data.note) || null,
    items: items(event.data),
    papers: (event.data.papers ?? []) as PaperRecord[],
  }))

const plainTexts: Readonly<Partial<Record<DossierEventType | RoutingEventType, Text>>> = { ...citizenTexts, ...citizenRoutingTexts }

/** What the applicant reads: the office's own business (notes to itself) is left out. */
export const plainTimelineOf = (events: readonly LoggedEvent[]): PlainEntry[] =>
  events.filter(isAnyKnown).flatMap((event) => {
    const template = event.data.beforeReception ? askedBeforeReception : plainTexts[event.type]
    return template ? [{ at: event.at, type: event.type, sentence: plainWords(template, event.data), items: items(event.data) }] : []
  })

/** What an imported dossier lived through elsewhere, from the times that came with it: the same sentences as for one of ours. */
export function importedLife(dossier: {
  readonly receivedAt: Temporal.Instant | null
  readonly originalDueAt: Temporal.Instant | null
  readonly completedAt: Temporal.Instant | null
  readonly returnedAt: Temporal.Instant | null
}): PlainEntry[] {
  const due = dossier.originalDueAt
  const steps = [
    ['dossier.received', dossier.receivedAt, due ? { dueAt: due.toString() } : {}],
    ['dossier.issued', dossier.completedAt, {}],
    ['dossier.returned', dossier.returnedAt, {}],
  ] as const
  return steps.flatMap(([type, at, data]) => {
    const template = type === 'dossier.received' && !due ? receivedElsewhere : citizenTexts[type]
    return at && template ? [{ at: at.toString(), type, sentence: words(template, data), items: [] }] : []
  })
}

/** While nobody has accepted it there is no clock that could stand still. */
const askedBeforeReception: Text = {
  vi: 'Cơ quan cần bạn bổ sung trước khi tiếp nhận: {note}',
  en: 'Before accepting it the office needs more from you: {note}',
}

/** Before reception there is no due time: the sentence that would name one is left out. */
function plainWords(template: Text, data: LoggedEvent['data']): Text {
  const without = (text: string): string => text.replace(/[^.;]*\{due\}[^.]*\./, '').trim()
  return words(text(data.dueAt) ? template : { vi: without(template.vi), en: without(template.en) }, data)
}

const receivedElsewhere: Text = { vi: 'Cơ quan đã nhận hồ sơ.', en: 'The office received the dossier.' }
