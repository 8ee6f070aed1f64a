import { randomUUID } from 'node:crypto'
import type { Refusal } from '../../../kernel/errors.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { Button, Checkbox, Details, errorsBy, Form, InsetText, Select, TextArea, TextInput, WarningText } from '../../../ui/index.ts'
import { actionTexts, kindTexts, type OfficerPetition, type StepName, stepNames } from '../../feedback/index.ts'
import { texts } from './feedback-texts.ts'

export interface StepsProps {
  readonly view: OfficerPetition
  readonly units: readonly { readonly value: string; readonly label: string }[]
  readonly csrf: string
  readonly locale: Locale
  /** What was sent and refused: shown again in its own form, nothing lost. */
  readonly sent?: { readonly action: StepName; readonly values: URLSearchParams; readonly refusal: Refusal } | undefined
}

/** In the order in which one would do it; the first possible ones stand open. */
const order: readonly StepName[] = [
  'classify',
  'sign',
  'publish',
  'accept',
  'draft',
  'assign',
  'ask',
  'transfer',
  'refuse',
  'send-back',
  'unpublish',
  'note',
]
const grave = new Set<StepName>(['refuse', 'send-back', 'unpublish'])

type FieldsProps = StepsProps & { readonly action: StepName }

const Preview = ({
  view,
  locale,
  typed,
  at,
}: {
  view: OfficerPetition
  locale: Locale
  typed: (name: string) => string | undefined
  at: (name: string) => { name: string; id: string; error: string | undefined; locale: Locale }
}) => {
  const { proposal } = view
  return (
    <>
      <p class="govuk-body">{t(locale, texts.previewLead)}</p>
      {proposal && proposal.traces.length > 0 && (
        <WarningText locale={locale}>
          {t(locale, texts.traces, { found: proposal.traces.map(({ found }) => found).join('; ') })}
        </WarningText>
      )}
      <TextInput {...at('title')} label={t(locale, texts.title)} value={typed('title') ?? proposal?.title} maxlength={200} />
      <TextArea
        {...at('content')}
        label={t(locale, texts.publicContent)}
        value={typed('content') ?? proposal?.content}
        rows={7}
        maxlength={4000}
      />
      <TextArea
        {...at('answer')}
        label={t(locale, texts.publicAnswer)}
        value={typed('answer') ?? proposal?.answer}
        rows={7}
        maxlength={4000}
      />
    </>
  )
}

const Fields = ({ action, view, units, locale, sent }: FieldsProps) => {
  const mine = sent?.action === action ? sent : undefined
  const error = errorsBy(locale, mine?.refusal.fields)
  const typed = (name: string): string | undefined => mine?.values.get(name) ?? undefined
  const at = (name: string) => ({ name, id: `${action}.${name}`, error: error(name), locale })
  const note = (label: string, rows = 4) => <TextArea {...at('note')} label={label} rows={rows} value={typed('note')} maxlength={4000} />
  switch (action) {
    case 'classify':
      return (
        <Select
          {...at('classCode')}
          label={t(locale, texts.class)}
          value={typed('classCode') ?? view.classCode ?? undefined}
          options={view.classes.map(({ code, kind, name }) => ({
            value: code,
            label: `${t(locale, kindTexts[kind])}: ${t(locale, name)}`,
          }))}
        />
      )
    case 'assign':
      return view.handlers.length === 0 ? (
        <InsetText>{t(locale, texts.noHandlers)}</InsetText>
      ) : (
        <Select
          {...at('assigneeId')}
          label={t(locale, texts.assignee)}
          value={typed('assigneeId')}
          options={view.handlers.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )
    case 'refuse':
      return (
        <>
          {!view.refuseInTime && <WarningText locale={locale}>{t(locale, texts.refuseLate)}</WarningText>}
          {note(t(locale, texts.reason))}
        </>
      )
    case 'ask':
      return (
        <>
          {!view.askInTime && <WarningText locale={locale}>{t(locale, texts.askLate)}</WarningText>}
          {note(t(locale, texts.question))}
        </>
      )
    case 'accept':
    case 'sign':
      return null
    case 'transfer':
      return (
        <>
          <Select {...at('agencyCode')} label={t(locale, texts.toUnit)} value={typed('agencyCode')} options={units} />
          {note(t(locale, texts.reason), 3)}
        </>
      )
    case 'draft':
      return (
        <>
          <TextArea
            {...at('answer')}
            label={t(locale, texts.answer)}
            hint={t(locale, texts.answerHint)}
            rows={9}
            value={typed('answer') ?? view.answer ?? ''}
            maxlength={4000}
          />
          {view.mayPublish ? (
            <Checkbox {...at('publish')} label={t(locale, texts.publishToo)} checked={mine ? typed('publish') === '1' : true} />
          ) : (
            <p class="govuk-body-s cs-muted">{t(locale, texts.notAgreed)}</p>
          )}
        </>
      )
    case 'publish':
      return <Preview view={view} locale={locale} typed={typed} at={at} />
    case 'note':
      return note(t(locale, texts.note), 3)
    default:
      return note(t(locale, texts.reason))
  }
}

const StepForm = (props: FieldsProps & { readonly primary: boolean }) => {
  const { action, view, csrf, locale, primary } = props
  const look = grave.has(action) ? 'warning' : primary ? 'primary' : 'secondary'
  return (
    <Form csrfToken={csrf} requestId={randomUUID()} action={`/mot-cua/phan-anh/${view.id}/${action}`}>
      <input type="hidden" name="version" value={String(view.version)} />
      <Fields {...props} />
      {(action !== 'assign' || view.handlers.length > 0) && (
        <Button look={look} {...(primary ? { shortcut: '.' } : {})}>
          {t(locale, actionTexts[action])}
        </Button>
      )}
    </Form>
  )
}

/** What this officer can do now: the first step stands open, the others are one click away. */
export const Steps = (props: StepsProps) => {
  const { view, locale, sent } = props
  const possible = order.filter((action) => stepNames.includes(action) && view.actions.includes(action))
  const main = possible.filter((action) => !grave.has(action) && action !== 'note' && !(action === 'classify' && view.kind !== null))[0]
  const others = possible.filter((action) => action !== main)
  return (
    <>
      {view.stage === 'signing' && view.answer && (
        <>
          <h3 class="govuk-heading-s">{t(locale, texts.answerToSign)}</h3>
          <InsetText>
            {view.answer.split(/\n+/).map((line) => (
              <p class="govuk-body">{line}</p>
            ))}
          </InsetText>
          <p class="govuk-body-s cs-muted">{t(locale, view.publish ? texts.willPublish : texts.willTell)}</p>
          {view.actions.includes('send-back') && !view.actions.includes('sign') && <p class="govuk-body-s">{t(locale, texts.ownDraft)}</p>}
        </>
      )}
      {view.stage === 'publishing' && main === 'publish' && <h3 class="govuk-heading-s">{t(locale, texts.preview)}</h3>}
      {view.kind === null && main === 'classify' && <p class="govuk-body-s cs-muted">{t(locale, texts.classifyFirst)}</p>}
      {main ? <StepForm {...props} action={main} primary /> : <p class="govuk-body">{t(locale, texts.nothing)}</p>}
      {others.map((action) => (
        <Details summary={t(locale, actionTexts[action])} open={sent?.action === action}>
          <StepForm {...props} action={action} primary={false} />
        </Details>
      ))}
    </>
  )
}
