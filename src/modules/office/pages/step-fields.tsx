import { Temporal } from 'temporal-polyfill'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import {
  Checkbox,
  Checkboxes,
  errorsBy,
  formatDue,
  InsetText,
  MoneyInput,
  Radios,
  Select,
  TextArea,
  TextInput,
  WarningText,
} from '../../../ui/index.ts'
import { type Action, type ExtensionPreview, refusalGrounds } from '../../dossier/index.ts'
import { stepTexts } from '../step-texts.ts'
import { texts } from '../texts.ts'
import type { FieldsProps } from './decisions.tsx'

/** `2026-12-09` as people write it. */
export const writtenDay = (day: string): string => day.split('-').reverse().join('/')

/** What an extension would mean, shown before it is confirmed. */
const NewDue = ({ preview, locale }: { preview: ExtensionPreview; locale: Locale }) => (
  <InsetText>
    <p>
      <strong>{t(locale, stepTexts.newDue, { due: formatDue(Temporal.Instant.from(preview.dueAt), locale) })}</strong>
    </p>
    <ul class="govuk-list govuk-list--bullet">
      {preview.explanation.map((sentence) => (
        <li>{t(locale, sentence)}</li>
      ))}
    </ul>
  </InsetText>
)

/** Fields of the steps of a dossier's legal life that are more than a note; undefined for other steps. */
export const StepFields = ({ action, view, agencies, today, locale, sent }: FieldsProps) => {
  const mine = sent?.action === action ? sent : undefined
  const error = errorsBy(locale, mine?.refusal?.fields)
  const typed = (name: string): string | undefined => mine?.values.get(name) ?? undefined
  const at = (name: string): { name: string; id: string; error: string | undefined; locale: Locale } => ({
    name,
    id: `${action}.${name}`,
    error: error(name),
    locale,
  })
  const Reason = ({ label }: { label: string }) => (
    <TextArea {...at('note')} label={label} rows={4} value={typed('note')} maxlength={4000} />
  )
  const hint = (text: Parameters<typeof t>[1]) => <p class="govuk-hint">{t(locale, text)}</p>
  switch (action) {
    case 'refuse':
      return (
        <>
          <Select
            {...at('ground')}
            label={t(locale, stepTexts.ground)}
            empty={t(locale, stepTexts.chooseGround)}
            options={refusalGrounds(today).map(({ code, text }) => ({ value: code, label: t(locale, text) }))}
            value={typed('ground')}
          />
          <Reason label={t(locale, texts.reasonForApplicant)} />
        </>
      )
    case 'request-supplement':
      return (
        <>
          {view.nextRound > 1 && <WarningText locale={locale}>{t(locale, stepTexts.secondRound, { round: view.nextRound })}</WarningText>}
          {hint(view.receivedAt === null ? stepTexts.roundHintBefore : stepTexts.roundHint)}
          <Reason label={t(locale, texts.whatIsMissing)} />
          <TextArea {...at('items')} label={t(locale, texts.missingItems)} rows={4} value={typed('items')} />
          {view.nextRound > 1 && (
            <Checkbox {...at('confirmed')} label={t(locale, stepTexts.confirmRound)} checked={typed('confirmed') !== undefined} />
          )}
        </>
      )
    case 'request-payment':
      return (
        <>
          {hint(stepTexts.payHint)}
          <MoneyInput {...at('amountVnd')} label={t(locale, texts.amount)} value={typed('amountVnd')} />
          <Reason label={t(locale, stepTexts.whatToPay)} />
        </>
      )
    case 'settle-payment':
      return (
        <>
          <Radios
            {...at('settled')}
            label={t(locale, stepTexts.settleHow)}
            small
            value={typed('settled') ?? 'here'}
            options={[
              { value: 'here', label: t(locale, stepTexts.settlePaidHere) },
              { value: 'elsewhere', label: t(locale, stepTexts.settleElsewhere) },
              { value: 'cancelled', label: t(locale, stepTexts.settleCancelled) },
            ]}
          />
          <Reason label={t(locale, stepTexts.settleNote)} />
        </>
      )
    case 'extend':
      return (
        <>
          {hint(stepTexts.extendHint)}
          <TextInput
            {...at('day')}
            label={t(locale, stepTexts.newDay)}
            hint={t(locale, stepTexts.dayHint)}
            value={typed('day')}
            inputmode="numeric"
            width={10}
          />
          <Reason label={t(locale, stepTexts.apology)} />
          {mine?.preview && (
            <>
              <NewDue preview={mine.preview} locale={locale} />
              <input type="hidden" name="shown" value={mine.preview.day} />
            </>
          )}
        </>
      )
    case 'recall':
      return (
        <>
          {hint(stepTexts.recallHint)}
          <TextInput
            {...at('decisionNumber')}
            label={t(locale, stepTexts.decisionNumber)}
            value={typed('decisionNumber')}
            maxlength={100}
          />
          <TextInput
            {...at('decisionDay')}
            label={t(locale, stepTexts.decisionDay)}
            hint={t(locale, stepTexts.dayHint)}
            value={typed('decisionDay') ?? writtenDay(today)}
            inputmode="numeric"
            width={10}
          />
          <Reason label={t(locale, texts.reasonForApplicant)} />
        </>
      )
    case 'mark-uncollected':
      return (
        <>
          {hint(stepTexts.uncollectedHint)}
          <TextArea {...at('note')} label={t(locale, texts.noteOptional)} rows={2} value={typed('note')} maxlength={4000} />
        </>
      )
    case 'transfer':
      return (
        <>
          {hint(stepTexts.transferHint)}
          <Select
            {...at('agencyCode')}
            label={t(locale, stepTexts.toAgency)}
            empty={t(locale, stepTexts.chooseAgency)}
            options={agencies.filter(({ code }) => code !== view.agencyCode).map(({ code, name }) => ({ value: code, label: name }))}
            value={typed('agencyCode')}
          />
          <Checkbox {...at('moveReception')} label={t(locale, stepTexts.moveReception)} checked={typed('moveReception') !== undefined} />
          <Reason label={t(locale, texts.reasonForApplicant)} />
        </>
      )
    case 'correct':
      return <CorrectFields view={view} at={at} typed={typed} again={mine !== undefined} values={mine?.values} locale={locale} />
    case 'undo':
      return (
        <>
          {view.lastStep && <InsetText>{t(locale, stepTexts.undoWhat, { step: t(locale, view.lastStep) })}</InsetText>}
          <Reason label={t(locale, stepTexts.undoWhy)} />
        </>
      )
    case 'resume':
      return <Reason label={t(locale, texts.reasonForApplicant)} />
    default:
      return undefined
  }
}

interface CorrectProps extends Pick<FieldsProps, 'view' | 'locale'> {
  readonly at: (name: string) => { name: string; id: string; error: string | undefined; locale: Locale }
  readonly typed: (name: string) => string | undefined
  readonly again: boolean
  readonly values: URLSearchParams | undefined
}

const CorrectFields = ({ view, at, typed, again, values, locale }: CorrectProps) => {
  const handedIn = view.papers.filter((paper) => paper.kind !== 'result')
  const voided = again ? (values?.getAll('voided') ?? []) : handedIn.filter((paper) => paper.voided).map(({ number }) => String(number))
  return (
    <>
      <p class="govuk-hint">{t(locale, stepTexts.correctHint)}</p>
      <TextInput {...at('name')} label={t(locale, texts.applicant)} value={typed('name') ?? view.applicant.name} maxlength={300} />
      {view.numberShown && (
        <TextInput
          {...at('number')}
          label={t(locale, texts.number)}
          value={typed('number') ?? view.applicant.number ?? ''}
          inputmode="numeric"
        />
      )}
      <TextInput {...at('phone')} label={t(locale, texts.phone)} value={typed('phone') ?? view.applicant.phone ?? ''} inputmode="tel" />
      <TextInput {...at('email')} label={t(locale, texts.email)} value={typed('email') ?? view.applicant.email ?? ''} />
      <Radios
        {...at('channel')}
        label={t(locale, texts.channel)}
        small
        value={typed('channel') ?? (view.assisted ? 'assisted' : view.channel)}
        options={[
          { value: 'online', label: t(locale, texts.online) },
          { value: 'assisted', label: t(locale, stepTexts.assistedYes) },
          { value: 'counter', label: t(locale, texts.counter) },
          { value: 'post', label: t(locale, texts.post) },
        ]}
      />
      <TextInput
        {...at('feeVnd')}
        label={t(locale, stepTexts.feeRight)}
        value={typed('feeVnd') ?? String(view.feeVnd)}
        inputmode="numeric"
        width={10}
      />
      {handedIn.map((paper) => (
        <input type="hidden" name="paper" value={String(paper.number)} />
      ))}
      {handedIn.length > 0 && (
        <Checkboxes
          {...at('voided')}
          label={t(locale, stepTexts.voidPapers)}
          small
          values={voided}
          options={handedIn.map((paper) => ({ value: String(paper.number), label: paper.name }))}
        />
      )}
      <TextArea {...at('note')} label={t(locale, stepTexts.correctWhy)} rows={3} value={typed('note')} maxlength={4000} />
    </>
  )
}

/** What the button of a step says: an extension shows the new due time first. */
export const buttonText = (action: Action, preview: ExtensionPreview | undefined, locale: Locale, usual: string): string => {
  if (action !== 'extend') return usual
  return preview ? t(locale, stepTexts.confirmExtend, { day: writtenDay(preview.day) }) : t(locale, stepTexts.seeNewDue)
}
