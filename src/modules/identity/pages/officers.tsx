import { run } from '../../../kernel/command.ts'
import { refusals as common, type Refusal, Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { formObject, parse, readForm, requestIdOf } from '../../../kernel/http/form.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { frame, roleNames } from '../../../ui/frame.ts'
import {
  Button,
  EmptyState,
  ErrorSummary,
  errorsBy,
  FilterChips,
  Form,
  formatNumber,
  LinkButton,
  Pagination,
  page,
  SearchBox,
  Select,
  Table,
  TextInput,
} from '../../../ui/index.ts'
import { createOfficer } from '../commands/create-officer.ts'
import { factorTexts } from '../factor-texts.ts'
import { officerInput } from '../input.ts'
import { temporaryPassword } from '../password.ts'
import { agenciesFor, PAGE_SIZE, searchOfficers } from '../queries/officers.ts'
import type { OfficerLine } from '../store/officers.ts'
import { texts } from '../texts.ts'
import { directory, today, unitOptions } from './parts.tsx'
import { freshRequestId } from './request-id.ts'

export const OFFICERS = '/quan-tri/can-bo'

/** The list's address with its filters; what is empty is left out. */
function listHref(filter: { search: string; deactivated: boolean; withoutFactor: boolean; page?: number }): string {
  const query = new URLSearchParams()
  if (filter.search) query.set('q', filter.search)
  if (filter.deactivated) query.set('ngung', '1')
  if (filter.withoutFactor) query.set('hai-lop', 'chua')
  if ((filter.page ?? 1) > 1) query.set('trang', String(filter.page))
  return query.size > 0 ? `${OFFICERS}?${query}` : OFFICERS
}

/** Officers of the units one looks after: search, active or not, fifty a page. */
export async function officersPage(c: Web): Promise<Response> {
  const locale = c.get('locale')
  const app = c.get('app')
  const filter = {
    search: (c.req.query('q') ?? '').slice(0, 200),
    deactivated: c.req.query('ngung') === '1',
    withoutFactor: c.req.query('hai-lop') === 'chua',
    page: Math.max(1, Number.parseInt(c.req.query('trang') ?? '1', 10) || 1),
  }
  const { lines, total } = await searchOfficers(app, c.get('actor'), filter)
  const [units, day] = [await directory(c), today(c)]
  const mayAdd = app.access(app.province).can(c.get('actor'), 'identity.create-officer')
  return page(
    c,
    { ...frame(c, 'admin'), title: texts.officersTitle, wide: true },
    <>
      <h1 class="govuk-heading-l">{t(locale, texts.officersTitle)}</h1>
      {mayAdd && (
        <LinkButton href={`${OFFICERS}/moi`} look="secondary">
          {t(locale, texts.addOfficer)}
        </LinkButton>
      )}
      <SearchBox
        action={OFFICERS}
        label={t(locale, texts.findOfficer)}
        value={filter.search}
        keep={{ ...(filter.deactivated ? { ngung: '1' } : {}), ...(filter.withoutFactor ? { 'hai-lop': 'chua' } : {}) }}
        locale={locale}
      />
      <FilterChips
        locale={locale}
        chips={[
          {
            text: t(locale, texts.activeOnes),
            href: listHref({ ...filter, deactivated: false, withoutFactor: false, page: 1 }),
            on: !filter.deactivated && !filter.withoutFactor,
          },
          {
            text: t(locale, factorTexts.withoutFilter),
            href: listHref({ ...filter, deactivated: false, withoutFactor: true, page: 1 }),
            on: filter.withoutFactor,
          },
          {
            text: t(locale, texts.deactivatedOnes),
            href: listHref({ ...filter, deactivated: true, withoutFactor: false, page: 1 }),
            on: filter.deactivated,
          },
        ]}
      />
      <Table<OfficerLine>
        caption={t(locale, texts.officersCount, { n: formatNumber(total, locale) })}
        dense
        keys
        locale={locale}
        rows={lines}
        rowHref={(line) => `${OFFICERS}/${line.id}`}
        empty={<EmptyState title={t(locale, texts.nobody)} />}
        columns={[
          {
            key: 'name',
            label: t(locale, texts.fullName),
            header: true,
            cell: (line) => (
              <a class="govuk-link" href={`${OFFICERS}/${line.id}`}>
                {line.name}
              </a>
            ),
          },
          { key: 'username', label: t(locale, texts.username), nowrap: true, cell: (line) => line.username },
          { key: 'position', label: t(locale, texts.position), cell: (line) => line.position },
          { key: 'unit', label: t(locale, texts.unit), cell: (line) => units.name(line.agencyCode, day) },
          {
            key: 'roles',
            label: t(locale, texts.roles),
            cell: (line) => [...new Set(line.roles.map((held) => t(locale, roleNames[held.role as keyof typeof roleNames])))].join(', '),
          },
          {
            key: 'factor',
            label: t(locale, factorTexts.column),
            cell: (line) => t(locale, line.factor ? factorTexts.has : factorTexts.hasNot),
          },
        ]}
      />
      <Pagination
        page={filter.page}
        pageSize={PAGE_SIZE}
        total={total}
        href={(number) => listHref({ ...filter, page: number })}
        locale={locale}
      />
    </>,
  )
}

const fields = ['username', 'name', 'position', 'agencyCode', 'phone', 'email'] as const
type NewOfficerForm = Partial<Record<(typeof fields)[number] | 'temporaryPassword', string>>

async function newPage(c: Web, state: { typed: NewOfficerForm; requestId: string; refusal?: Refusal }): Promise<Response> {
  const locale = c.get('locale')
  const { typed, refusal } = state
  if (refusal) c.status(refusal.status)
  const wrong = refusal?.fields ?? []
  const errorOf = errorsBy(locale, wrong)
  const units = await directory(c)
  const options = unitOptions(units, today(c), await agenciesFor(c.get('app'), c.get('actor'), 'identity.create-officer'))
  const text = (name: (typeof fields)[number], label: string, more: object = {}) => (
    <TextInput name={name} label={label} value={typed[name]} error={errorOf(name)} locale={locale} {...more} />
  )
  return page(
    c,
    { ...frame(c, 'admin'), title: texts.addOfficer, back: { href: OFFICERS }, hasErrors: refusal !== undefined },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        {refusal && <ErrorSummary errors={wrong} locale={locale} message={wrong.length === 0 ? t(locale, refusal.message) : undefined} />}
        <h1 class="govuk-heading-l">{t(locale, texts.addOfficer)}</h1>
        <Form csrfToken={c.get('csrf')} requestId={state.requestId} unsaved>
          {text('name', t(locale, texts.fullName), { autocomplete: 'off' })}
          {text('username', t(locale, texts.username), {
            hint: t(locale, texts.usernameHint),
            width: 20,
            spellcheck: false,
            autocomplete: 'off',
          })}
          {text('position', t(locale, texts.position), { optional: true })}
          <Select
            name="agencyCode"
            label={t(locale, texts.unit)}
            options={options}
            value={typed.agencyCode}
            error={errorOf('agencyCode')}
            locale={locale}
          />
          {text('phone', t(locale, texts.phone), { type: 'tel', optional: true, width: 20, autocomplete: 'off' })}
          {text('email', t(locale, texts.email), { type: 'email', optional: true, autocomplete: 'off' })}
          <TextInput
            name="temporaryPassword"
            label={t(locale, texts.temporaryPassword)}
            hint={t(locale, texts.temporaryHint)}
            width={30}
            spellcheck={false}
            autocomplete="off"
            value={typed.temporaryPassword}
            error={errorOf('temporaryPassword')}
          />
          <Button>{t(locale, texts.addOfficer)}</Button>
        </Form>
      </div>
    </div>,
  )
}

export const newOfficerForm = (c: Web) => newPage(c, { typed: { temporaryPassword: temporaryPassword() }, requestId: freshRequestId() })

export async function newOfficerSend(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const requestId = requestIdOf(values)
  const typed = formObject(values) as NewOfficerForm
  const again = (refusal: Refusal) => newPage(c, { typed, requestId: requestId ?? freshRequestId(), refusal })
  const input = parse(officerInput, typed)
  if (!input.ok) return again(input.error)
  const call = { province: c.get('province'), actor: c.get('actor'), requestId, locale: c.get('locale'), name: 'identity.create-officer' }
  const result = await run(c.get('app'), call, (cx) => createOfficer(cx, input.value))
  if (!result.ok) {
    if (result.error.code === common.denied.code) throw new Refused(result.error)
    return again(result.error)
  }
  return c.redirect(`${OFFICERS}/${result.value.officerId}?bao=them`, 303)
}
