import { randomUUID } from 'node:crypto'
import { type Day, dayOf } from '../../../kernel/clock.ts'
import { run } from '../../../kernel/command.ts'
import { type Refusal, Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { formObject, readForm } from '../../../kernel/http/form.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { isUuid } from '../../../kernel/id.ts'
import { frame } from '../../../ui/frame.ts'
import {
  Button,
  ButtonGroup,
  ErrorSummary,
  errorsBy,
  Form,
  formatDay,
  formatNumber,
  InsetText,
  page,
  REQUEST_FIELD,
  WarningText,
} from '../../../ui/index.ts'
import { directoryOf, refreshDirectory } from '../directory.ts'
import { about, refusals } from '../errors.ts'
import { type ChangePreview, previewChange } from '../queries/preview-change.ts'
import type { Agency } from '../rules/agency.ts'
import { texts } from '../texts.ts'
import { ChangeFields } from './change-fields.tsx'
import { type ChangeName, changes, type Typed } from './changes.ts'
import { unitHref } from './days.ts'

const TREE = '/quan-tri/co-quan'

/** What the form starts with: the unit as it is. */
const startOf = (change: ChangeName, unit: Agency | undefined): Typed => ({
  'fields.name': unit?.name ?? '',
  'fields.shortName': unit?.shortName ?? '',
  'fields.tier': unit?.tier ?? '',
  'fields.kind': unit?.kind ?? '',
  'fields.parentCode': unit?.parentCode ?? '',
  'fields.areaCode': unit?.areaCode ?? '',
  ...(change === 'merge' && unit ? { codes: `${unit.code}\n` } : {}),
  ...(change === 'split' && unit
    ? { 'into.0.code': unit.code, 'into.0.fields.name': unit.name, 'into.0.fields.shortName': unit.shortName }
    : {}),
})

async function unitOf(c: Web): Promise<Agency | undefined> {
  const code = c.req.param('code')
  if (code === undefined) return undefined
  const directory = await directoryOf(c.get('app'), c.get('province'))
  const latest = directory.agencies.filter((agency) => agency.code === code).sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1))[0]
  if (!latest) throw new Refused(about(refusals.agencyNotFound, code))
  return latest
}

interface FormState {
  readonly change: ChangeName
  readonly unit: Agency | undefined
  readonly typed: Typed
  readonly requestId: string
  readonly refusal?: Refusal
}

const backHref = (c: Web, unit: Agency | undefined): string => (unit ? unitHref(unit.code, dayOf(c.get('app').clock())) : TREE)

function formPage(c: Web, { change, unit, typed, requestId, refusal }: FormState): Response | Promise<Response> {
  const locale = c.get('locale')
  if (refusal) c.status(refusal.status)
  const fields = refusal?.fields ?? []
  return page(
    c,
    {
      ...frame(c, 'admin'),
      title: changes[change].title,
      back: { href: backHref(c, unit) },
      hasErrors: refusal !== undefined,
    },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        {refusal && <ErrorSummary errors={fields} locale={locale} message={fields.length === 0 ? t(locale, refusal.message) : undefined} />}
        <h1 class="govuk-heading-l">
          {unit && <span class="govuk-caption-l">{unit.shortName}</span>}
          {t(locale, changes[change].title)}
        </h1>
        <Form csrfToken={c.get('csrf')} requestId={requestId} unsaved>
          <ChangeFields change={change} typed={typed} locale={locale} errorOf={errorsBy(locale, fields)} />
          <Button name="step" value="preview">
            {t(locale, texts.preview)}
          </Button>
        </Form>
      </div>
    </div>,
  )
}

const Preview = ({ c, preview }: { c: Web; preview: ChangePreview }) => {
  const locale = c.get('locale')
  const sentences = (kind: 'until' | 'begin', items: readonly { code: string; name: string; at: Day }[]) => (
    <ul class="govuk-list govuk-list--bullet">
      {items.map(({ code, name, at }) => (
        <li>{t(locale, texts[kind], { name, code, day: formatDay(at) })}</li>
      ))}
    </ul>
  )
  return (
    <>
      {preview.ends.length > 0 && <h2 class="govuk-heading-m">{t(locale, texts.ends)}</h2>}
      {sentences(
        'until',
        preview.ends.map((item) => ({ ...item, at: item.lastDay })),
      )}
      {preview.begins.length > 0 && <h2 class="govuk-heading-m">{t(locale, texts.begins)}</h2>}
      {sentences(
        'begin',
        preview.begins.map((item) => ({ ...item, at: item.day })),
      )}
      <ul class="govuk-list govuk-list--bullet">
        {preview.links.map((link) => (
          <li>{t(locale, link.share === 'whole' ? texts.linkWhole : texts.linkPart, link)}</li>
        ))}
        {preview.hamletsMoving > 0 && <li>{t(locale, texts.hamletsMove, { n: formatNumber(preview.hamletsMoving, locale) })}</li>}
        {preview.hamletsEnding > 0 && <li>{t(locale, texts.hamletsEnd, { n: formatNumber(preview.hamletsEnding, locale) })}</li>}
      </ul>
      {preview.links.some((link) => link.share === 'part') && <InsetText>{t(locale, texts.notAllocable)}</InsetText>}
      <WarningText locale={locale}>{t(locale, texts.officersStay)}</WarningText>
    </>
  )
}

function previewPage(c: Web, { change, unit, typed, requestId }: FormState, preview: ChangePreview): Response | Promise<Response> {
  const locale = c.get('locale')
  return page(
    c,
    { ...frame(c, 'admin'), title: texts.previewTitle, back: { href: backHref(c, unit) } },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-l">
          <span class="govuk-caption-l">{t(locale, changes[change].title)}</span>
          {t(locale, texts.previewTitle)}
        </h1>
        <Preview c={c} preview={preview} />
        <Form csrfToken={c.get('csrf')} requestId={requestId}>
          {Object.entries(typed).map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <ButtonGroup>
            <Button name="step" value="confirm">
              {t(locale, texts.confirm)}
            </Button>
            <Button name="step" value="edit" look="secondary">
              {t(locale, texts.back)}
            </Button>
          </ButtonGroup>
        </Form>
      </div>
    </div>,
  )
}

const OURS = ['_csrf', REQUEST_FIELD, 'step']

/** GET and POST of one kind of change: fill in, see what would change, do it. */
export function changePages(change: ChangeName): { show(c: Web): Promise<Response>; send(c: Web): Promise<Response> } {
  return {
    show: async (c) => {
      const unit = await unitOf(c)
      return formPage(c, { change, unit, typed: startOf(change, unit), requestId: randomUUID() })
    },

    send: async (c) => {
      const app = c.get('app')
      const province = c.get('province')
      const values = formObject((await readForm(c)).values) as Record<string, string>
      const typed = Object.fromEntries(Object.entries(values).filter(([name]) => !OURS.includes(name)))
      const sent = values[REQUEST_FIELD] ?? ''
      const unit = await unitOf(c)
      const state = { change, unit, typed, requestId: isUuid(sent) ? sent : randomUUID() }
      if (values.step === 'edit') return formPage(c, state)

      const ready = changes[change].prepare(typed, unit?.code ?? '')
      if (!ready.ok) return formPage(c, { ...state, refusal: ready.error })
      if (values.step !== 'confirm') {
        const preview = await app.db.snapshot(province, (tx) => previewChange(tx, ready.value.decide))
        return preview.ok ? previewPage(c, state, preview.value) : formPage(c, { ...state, refusal: preview.error })
      }
      const call = { province, actor: c.get('actor'), requestId: state.requestId, locale: c.get('locale'), name: `organisation.${change}` }
      const done = await run(app, call, ready.value.run)
      if (!done.ok) return formPage(c, { ...state, refusal: done.error, requestId: randomUUID() })
      await refreshDirectory(app.db, province)
      return c.redirect(`${unitHref(done.value.code, ready.value.day)}&da=ghi`, 303)
    },
  }
}
