import type { HandOver, NumberedKind } from '../../printing/index.ts'
import type { DossierEventType } from '../events.ts'

/** An event as far as papers need it; `at` as ISO text. */
export interface StepTaken {
  readonly at: string
  readonly type: string
  readonly actor: { readonly kind?: string; readonly name?: string }
  readonly data: Readonly<Record<string, unknown>>
}

/** A paper that a step of the history calls for: the nth of its kind. */
export interface DocumentStep {
  readonly kind: NumberedKind
  readonly occurrence: number
  /** When the step was taken; of an imported dossier: when it was received. */
  readonly at: string
  /** Which event of the history, from 0. */
  readonly index: number
  /** The step was taken back: the paper is no longer handed out. */
  readonly undone: boolean
  /** Made from a history kept elsewhere: it bears no number of ours. */
  readonly imported: boolean
}

const kindOf: Readonly<Partial<Record<DossierEventType, NumberedKind>>> = {
  'dossier.received': 'receipt',
  'dossier.supplement-requested': 'supplement',
  'dossier.refused': 'refusal',
  'dossier.extended': 'extension',
  'dossier.stopped': 'stop',
}

const said = (data: StepTaken['data'], key: string): string | null => (typeof data[key] === 'string' && data[key] ? data[key] : null)

const versionOf = (data: StepTaken['data']): number => Number(data.version ?? 0)

const undoneVersions = (steps: readonly StepTaken[]): ReadonlySet<number> =>
  new Set(
    steps
      .filter(({ type }) => type === 'dossier.undone')
      .flatMap(({ data }) => (Array.isArray(data.undoes) ? (data.undoes as { version?: number }[]) : []))
      .map(({ version }) => Number(version ?? -1)),
  )

/** Which kind of paper an event calls for. A correction after reception calls for the receipt again, with what is right. */
function called(step: StepTaken, received: boolean): NumberedKind | undefined {
  if (step.type === 'dossier.details-corrected') return received ? 'receipt' : undefined
  if (step.type === 'dossier.imported') return said(step.data, 'received') ? 'receipt' : undefined
  return kindOf[step.type as DossierEventType]
}

/** Every paper that a history calls for, in its order (forms 01–05). */
export function documentSteps(steps: readonly StepTaken[]): DocumentStep[] {
  const undone = undoneVersions(steps)
  const counts = new Map<NumberedKind, number>()
  let received = false
  return steps.flatMap((step, index) => {
    const kind = called(step, received)
    if (step.type === 'dossier.received') received = true
    if (!kind) return []
    const occurrence = (counts.get(kind) ?? 0) + 1
    counts.set(kind, occurrence)
    return [
      {
        kind,
        occurrence,
        at: step.type === 'dossier.imported' ? (said(step.data, 'received') ?? step.at) : step.at,
        index,
        undone: undone.has(versionOf(step.data)),
        imported: step.type === 'dossier.imported',
      },
    ]
  })
}

type Hand = (step: StepTaken, names: { applicant: string; holder: string }) => { giver: string; taker: string; what: string }

const desk = 'Bộ phận trả kết quả'
const by = ({ actor }: StepTaken): string => actor.name ?? ''

/** Who gave the dossier to whom, for each kind of step that moves it. */
const hands: Readonly<Partial<Record<DossierEventType, Hand>>> = {
  'dossier.received': (step, { applicant }) => ({ giver: applicant, taker: by(step), what: 'Tiếp nhận hồ sơ' }),
  'dossier.assigned': (step) => ({ giver: by(step), taker: said(step.data, 'assigneeName') ?? '', what: 'Phân công thụ lý' }),
  'dossier.supplement-requested': (step, { applicant }) => ({ giver: by(step), taker: applicant, what: 'Yêu cầu bổ sung, hoàn thiện' }),
  'dossier.supplement-answered': (step, { holder }) => ({ giver: by(step), taker: holder, what: 'Nhận bổ sung' }),
  'dossier.submitted-for-signature': (step) => ({ giver: by(step), taker: 'Người có thẩm quyền ký', what: 'Trình ký' }),
  'dossier.sent-back': (step, { holder }) => ({ giver: by(step), taker: holder, what: 'Trả lại để làm lại' }),
  'dossier.issued': (step) => ({ giver: by(step), taker: desk, what: 'Ban hành kết quả' }),
  'dossier.recalled': (step, { holder }) => ({ giver: by(step), taker: holder, what: 'Thu hồi kết quả để giải quyết lại' }),
  'dossier.transferred': (step) => ({ giver: by(step), taker: said(step.data, 'agencyName') ?? '', what: 'Chuyển cơ quan giải quyết' }),
  'dossier.returned': (step, { applicant }) => ({
    giver: by(step),
    taker: said(step.data, 'receivedBy') ?? applicant,
    what: 'Trả kết quả',
  }),
}

/** The hand-overs of a history (form 06), steps taken back left out. */
export function handOvers(steps: readonly StepTaken[], applicant: string): HandOver[] {
  const undone = undoneVersions(steps)
  let holder = 'Bộ phận thụ lý'
  return steps.flatMap((step) => {
    holder = said(step.data, 'assigneeName') ?? holder
    const hand = hands[step.type as DossierEventType]
    if (!hand || undone.has(versionOf(step.data))) return []
    return [{ ...hand(step, { applicant, holder }), at: step.at, note: said(step.data, 'note') }]
  })
}
