import { randomUUID } from 'node:crypto'
import { dayOf } from '../../../kernel/clock.ts'
import { type Refusal, Refused, refusals } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { formObject, parse, readForm } from '../../../kernel/http/form.ts'
import { runFor } from '../../../kernel/http/run-for.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { isUuid } from '../../../kernel/id.ts'
import { frame } from '../../../ui/frame.ts'
import {
  Button,
  EmptyState,
  ErrorSummary,
  errorsBy,
  Form,
  formatInstant,
  NotificationBanner,
  page,
  Select,
  Table,
  TextInput,
} from '../../../ui/index.ts'
import {
  citizenRule,
  filingMark,
  listMachines,
  machineHere,
  nameMachine,
  nameMachineInput,
  type OfficeMachine,
  removeMachine,
} from '../../dossier/index.ts'
import { directoryOf, type OrganisationDirectory } from '../../organisation/index.ts'
import { machineTexts as texts } from './machine-texts.ts'

const PATH = '/mot-cua/may-ho-tro'

/** The units for which this officer may help people, by code and name: their own first. */
function unitsOf(c: Web, directory: OrganisationDirectory, today: string): { value: string; label: string }[] {
  const actor = c.get('actor')
  const access = c.get('app').access(c.get('province'))
  const own = actor.kind === 'officer' ? (actor.grants.find(({ role }) => role === 'clerk') ?? actor.grants[0])?.agencyCode : undefined
  return directory
    .list(today)
    .filter(({ code }) => access.can(actor, 'dossier.assist', { agencyCode: code }))
    .map(({ code, name }) => ({ value: code, label: name }))
    .sort((a, b) => Number(b.value === own) - Number(a.value === own))
}

async function show(c: Web, sent?: { name: string; agencyCode: string; refusal: Refusal }): Promise<Response> {
  const app = c.get('app')
  const locale = c.get('locale')
  const today = dayOf(app.clock())
  const directory = await directoryOf(app, c.get('province'))
  const { deviceDays } = citizenRule(today)
  if (deviceDays === 0) throw new Refused(refusals.notFound)
  const units = unitsOf(c, directory, today)
  const here = await machineHere(c)
  const codes = units.map(({ value }) => value)
  const machines = await app.db.read(c.get('province'), (tx) => listMachines(tx, codes))
  const error = errorsBy(locale, sent?.refusal.fields)
  const done = { luu: texts.saved, bo: texts.removed }[c.req.query('xong') ?? '']
  if (sent) c.status(sent.refusal.status)
  return page(
    c,
    { ...frame(c, 'office'), title: texts.title, hasErrors: sent !== undefined },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        {sent && <ErrorSummary errors={sent.refusal.fields ?? []} message={sent.refusal.message} locale={locale} />}
        {done && (
          <NotificationBanner kind="success" locale={locale}>
            {t(locale, done)}
          </NotificationBanner>
        )}
        <h1 class="govuk-heading-l">{t(locale, texts.title)}</h1>
        <p class="govuk-body">{t(locale, texts.lead)}</p>
        <h2 class="govuk-heading-m">{t(locale, texts.here)}</h2>
        <p class="govuk-body">
          {here
            ? t(locale, texts.hereKnown, { name: here.name ?? '', agency: directory.name(here.agencyCode, today) })
            : t(locale, texts.hereUnknown)}
        </p>
        <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={PATH}>
          <TextInput
            name="name"
            label={t(locale, texts.name)}
            hint={t(locale, texts.nameHint)}
            value={sent?.name ?? here?.name ?? ''}
            error={error('name')}
            autocomplete="off"
            locale={locale}
          />
          {units.length === 1 ? (
            <input type="hidden" name="agencyCode" value={units[0]?.value} />
          ) : (
            <Select
              name="agencyCode"
              label={t(locale, texts.unit)}
              options={units}
              value={sent?.agencyCode ?? here?.agencyCode ?? units[0]?.value}
              error={error('agencyCode')}
              locale={locale}
            />
          )}
          <Button>{t(locale, here ? texts.rename : texts.save)}</Button>
        </Form>
        <p class="govuk-body-s cs-muted">{t(locale, texts.note, { days: deviceDays })}</p>
        <h2 class="govuk-heading-m">{t(locale, texts.list)}</h2>
        <Table
          caption={t(locale, texts.list)}
          captionHidden
          locale={locale}
          rows={machines}
          empty={<EmptyState title={t(locale, texts.none)} />}
          columns={[
            { key: 'name', label: t(locale, texts.name), header: true, cell: (one: OfficeMachine) => one.name },
            { key: 'unit', label: t(locale, texts.unit), cell: (one) => directory.name(one.agencyCode, today) },
            { key: 'by', label: t(locale, texts.by), cell: (one) => one.byName },
            { key: 'since', label: t(locale, texts.since), nowrap: true, cell: (one) => formatInstant(one.since) },
            {
              key: 'remove',
              label: t(locale, texts.remove),
              cell: (one) => (
                <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={`${PATH}/${one.id}/bo`}>
                  <button class="cs-link-button" type="submit">
                    {t(locale, texts.remove)}{' '}
                    <span class="govuk-visually-hidden">{t(locale, texts.removeHidden, { name: one.name ?? '' })}</span>
                  </button>
                </Form>
              ),
            },
          ]}
        />
      </div>
    </div>,
  )
}

/** GET /mot-cua/may-ho-tro: whether this machine is known as the office's, and which others are. */
export const machinesPage = (c: Web): Promise<Response> => show(c)

/** POST /mot-cua/may-ho-tro: names this machine. */
export async function saveMachine(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const input = parse(nameMachineInput, formObject(values))
  const sent = { name: values.get('name') ?? '', agencyCode: values.get('agencyCode') ?? '' }
  if (!input.ok) return show(c, { ...sent, refusal: input.error })
  const mark = filingMark(c, { renew: true })
  if (!mark) throw new Refused(refusals.notFound)
  const done = await runFor(c, values, 'machine.name', (cx) => nameMachine(cx, { ...input.value, mark }))
  if (!done.ok) return show(c, { ...sent, refusal: done.error })
  return c.redirect(`${PATH}?xong=luu`, 303)
}

/** POST /mot-cua/may-ho-tro/:id/bo */
export async function dropMachine(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const id = c.req.param('id') ?? ''
  if (!isUuid(id)) throw new Refused(refusals.notFound)
  const done = await runFor(c, values, 'machine.remove', (cx) => removeMachine(cx, { id }))
  if (!done.ok) throw new Refused(done.error)
  return c.redirect(`${PATH}?xong=bo`, 303)
}
