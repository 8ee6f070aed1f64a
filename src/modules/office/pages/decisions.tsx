import { randomUUID } from 'node:crypto'
import type { Day } from '../../../kernel/clock.ts'
import type { Refusal } from '../../../kernel/errors.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import {
  Button,
  Details,
  errorsBy,
  FileInput,
  Form,
  formatMoney,
  InsetText,
  MoneyInput,
  Radios,
  Select,
  TextArea,
  TextInput,
} from '../../../ui/index.ts'
import { type Action, actionTexts, type ExtensionPreview, type OfficerView } from '../../dossier/index.ts'
import { texts } from '../texts.ts'
import { buttonText, StepFields } from './step-fields.tsx'

export interface DecisionProps {
  readonly view: OfficerView
  readonly specialists: readonly { readonly id: string; readonly name: string }[]
  readonly csrf: string
  readonly locale: Locale
  /** Agencies that resolve this procedure today: where it can be transferred to. */
  readonly agencies: readonly { readonly code: string; readonly name: string }[]
  readonly today: Day
  /** What was sent and refused, or is to be confirmed: shown again in its own form, nothing lost. */
  readonly sent?: {
    readonly action: Action
    readonly values: URLSearchParams
    readonly refusal?: Refusal
    readonly preview?: ExtensionPreview
  }
}

/** The step that moves the work on, in the order in which one would do it. The first possible one stands open. */
const mainOrder: readonly Action[] = ['receive', 'assign', 'submit-for-signature', 'settle-payment', 'issue', 'return', 'answer-supplement']
const otherOrder: readonly Action[] = [
  'pay',
  'request-supplement',
  'request-payment',
  'extend',
  'send-back',
  'mark-uncollected',
  'recall',
  'transfer',
  'refuse',
  'stop',
  'withdraw',
  'resume',
  'note',
  'correct',
  'undo',
]
const grave: ReadonlySet<Action> = new Set<Action>(['refuse', 'stop', 'withdraw', 'send-back', 'recall', 'transfer', 'undo'])

const PDF_OR_PICTURE = '.pdf,.jpg,.jpeg,.png'

export type FieldsProps = DecisionProps & { readonly action: Action }

const Fields = (props: FieldsProps) => {
  const { action, view, specialists, locale, sent } = props
  const own = StepFields(props)
  if (own) return own
  const mine = sent?.action === action ? sent : undefined
  const error = errorsBy(locale, mine?.refusal?.fields)
  const typed = (name: string): string | undefined => mine?.values.get(name) ?? undefined
  const at = (name: string): { name: string; id: string; error: string | undefined; locale: Locale } => ({
    name,
    id: `${action}.${name}`,
    error: error(name),
    locale,
  })
  const NoteField = ({ label, required }: { label: string; required?: boolean }) => (
    <TextArea {...at('note')} label={label} rows={required ? 4 : 2} value={typed('note')} maxlength={4000} />
  )
  switch (action) {
    case 'assign':
      return specialists.length === 0 ? (
        <InsetText>{t(locale, texts.noSpecialist)}</InsetText>
      ) : (
        <>
          <Select
            {...at('assigneeId')}
            label={t(locale, texts.specialist)}
            empty={t(locale, texts.choose)}
            options={specialists.map(({ id, name }) => ({ value: id, label: name }))}
            value={typed('assigneeId') ?? view.assigneeId ?? undefined}
          />
          <NoteField label={t(locale, texts.noteOptional)} />
        </>
      )
    case 'issue':
      return (
        <>
          <TextInput {...at('resultName')} label={t(locale, texts.resultName)} value={typed('resultName') ?? view.procedureName} />
          <FileInput {...at('results')} label={t(locale, texts.resultFile)} hint={t(locale, texts.resultFileHint)} accept=".pdf" />
          <NoteField label={t(locale, texts.noteOptional)} />
        </>
      )
    case 'return':
      return (
        <>
          <TextInput {...at('receivedBy')} label={t(locale, texts.collectedBy)} value={typed('receivedBy') ?? view.applicant.name} />
          <NoteField label={t(locale, texts.noteOptional)} />
        </>
      )
    case 'answer-supplement':
      return (
        <>
          <FileInput {...at('papers')} label={t(locale, texts.supplementFiles)} accept={PDF_OR_PICTURE} multiple />
          <NoteField label={t(locale, texts.noteOptional)} />
        </>
      )
    case 'pay':
      return (
        <>
          <MoneyInput
            {...at('amount')}
            label={t(locale, texts.amount)}
            value={typed('amount') ?? formatMoney(view.feeVnd - view.paidVnd, locale).replace(/[^\d.,]/g, '')}
          />
          <Radios
            {...at('how')}
            label={t(locale, texts.paidHow)}
            small
            value={typed('how') ?? 'cash'}
            options={[
              { value: 'cash', label: t(locale, texts.paidCash) },
              { value: 'online', label: t(locale, texts.paidTransfer) },
            ]}
          />
        </>
      )
    case 'stop':
    case 'send-back':
    case 'withdraw':
      return <NoteField label={t(locale, action === 'send-back' ? texts.note : texts.reasonForApplicant)} required />
    case 'note':
      return (
        <>
          <NoteField label={t(locale, texts.note)} required />
          <FileInput {...at('papers')} label={t(locale, texts.papers)} accept={PDF_OR_PICTURE} multiple />
        </>
      )
    default:
      return <NoteField label={t(locale, texts.noteOptional)} />
  }
}

const withFiles: ReadonlySet<Action> = new Set<Action>(['issue', 'answer-supplement', 'note'])

const DecisionForm = (props: FieldsProps & { main?: boolean }) => {
  const { action, view, csrf, locale, specialists } = props
  if (action === 'assign' && specialists.length === 0) return <Fields {...props} />
  return (
    <Form csrfToken={csrf} requestId={randomUUID()} action={`/mot-cua/ho-so/${view.id}/${action}`} files={withFiles.has(action)}>
      <input type="hidden" name="version" value={String(view.version)} />
      <Fields {...props} />
      <Button look={grave.has(action) ? 'warning' : props.main ? 'primary' : 'secondary'} {...(props.main ? { shortcut: '.' } : {})}>
        {buttonText(action, props.sent?.action === action ? props.sent.preview : undefined, locale, t(locale, actionTexts[action]))}
      </Button>
    </Form>
  )
}

/** What was typed for a step that meanwhile is no longer possible: to be copied, not lost. */
const NotRecorded = ({ sent, locale }: { sent: NonNullable<DecisionProps['sent']>; locale: Locale }) => {
  const typed = ['note', 'items', 'resultName', 'day', 'decisionNumber', 'name', 'phone', 'email']
    .map((name) => sent.values.get(name)?.trim())
    .filter(Boolean)
  return typed.length === 0 ? null : (
    <InsetText>
      <p>{t(locale, texts.youWrote)}</p>
      {typed.map((text) => (
        <p class="cs-typed">{text}</p>
      ))}
    </InsetText>
  )
}

/** What this officer can do now: the next step open, everything else one tap away. */
export const Decisions = (props: DecisionProps) => {
  const { view, locale, sent, agencies } = props
  const main = mainOrder.find((action) => view.actions.includes(action))
  // A procedure of one agency alone has nowhere to go: no form without an answer.
  const leads = (action: Action): boolean => action !== 'transfer' || agencies.some(({ code }) => code !== view.agencyCode)
  const others = [...mainOrder, ...otherOrder].filter((action) => action !== main && view.actions.includes(action) && leads(action))
  return (
    <>
      {sent && !view.actions.includes(sent.action) && <NotRecorded sent={sent} locale={locale} />}
      {main ? (
        <div class="cs-decision" id="main-step">
          <h3 class="govuk-heading-m">{t(locale, actionTexts[main])}</h3>
          <DecisionForm {...props} action={main} main />
        </div>
      ) : (
        <p class="govuk-body">{t(locale, texts.noStep)}</p>
      )}
      {others.length > 0 && <h3 class="govuk-heading-s">{t(locale, texts.otherSteps)}</h3>}
      {others.map((action) => (
        <Details summary={t(locale, actionTexts[action])} open={sent?.action === action}>
          <DecisionForm {...props} action={action} />
        </Details>
      ))}
    </>
  )
}
