import type { Scope } from '../../../kernel/access/index.ts'
import { run } from '../../../kernel/command.ts'
import { officerRoles, type Role } from '../../../kernel/context.ts'
import { refusals as common, type Refusal, Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { readForm, requestIdOf } from '../../../kernel/http/form.ts'
import { type Text, t } from '../../../kernel/i18n/index.ts'
import { frame, roleNames } from '../../../ui/frame.ts'
import { Button, ErrorSummary, Form, formatInstant, InsetText, page, Select, Table } from '../../../ui/index.ts'
import { refreshAccess } from '../access.ts'
import { actionName } from '../action-names.ts'
import { changePermissions } from '../commands/change-permissions.ts'
import { permissionTable } from '../queries/permissions.ts'
import { texts } from '../texts.ts'
import { freshRequestId } from './request-id.ts'

const HERE = '/quan-tri/phan-quyen'

const roles: readonly Role[] = ['citizen', ...officerRoles]

const scopeTexts: Readonly<Record<Scope | 'none', Text>> = {
  none: texts.scopeNone,
  own: texts.scopeOwn,
  unit: texts.scopeUnit,
  province: texts.scopeProvince,
}

const scopes = Object.keys(scopeTexts) as (Scope | 'none')[]

const mayChange = (c: Web): boolean => c.get('app').access(c.get('province')).can(c.get('actor'), 'identity.change-permissions')

const Changes = ({ c, changes }: { c: Web; changes: Awaited<ReturnType<typeof permissionTable>>['changes'] }) => {
  const locale = c.get('locale')
  return (
    <Table
      caption={t(locale, texts.latestChanges)}
      dense
      locale={locale}
      rows={changes}
      columns={[
        { key: 'when', label: t(locale, texts.when), nowrap: true, cell: (change) => formatInstant(change.validFrom) },
        { key: 'who', label: t(locale, texts.who), cell: (change) => change.setByName ?? '' },
        { key: 'action', label: t(locale, texts.action), header: true, cell: (change) => t(locale, actionName(change.action)) },
        { key: 'role', label: t(locale, texts.role), cell: (change) => t(locale, roleNames[change.role]) },
        { key: 'scope', label: t(locale, texts.newScope), cell: (change) => t(locale, scopeTexts[change.scope]) },
      ]}
    />
  )
}

/** Role × action: how far each role reaches. */
export async function permissionsPage(c: Web): Promise<Response> {
  const locale = c.get('locale')
  const { matrix, changes } = await permissionTable(c.get('app'))
  const change = mayChange(c)
  const notice = c.req.query('bao')
  return page(
    c,
    {
      ...frame(c, 'admin'),
      title: texts.permissionsTitle,
      wide: true,
      ...(notice === 'da-luu' ? { flash: { kind: 'success', text: texts.rightsSaved } } : {}),
      ...(notice === 'khong-doi' ? { flash: { kind: 'info', text: texts.nothingChanged } } : {}),
    },
    <>
      <h1 class="govuk-heading-l">{t(locale, texts.permissionsTitle)}</h1>
      <p class="govuk-body">{t(locale, texts.permissionsText)}</p>
      <InsetText>{t(locale, texts.scopeHint)}</InsetText>
      <Table
        caption={t(locale, texts.permissionsTitle)}
        captionHidden
        dense
        locale={locale}
        rows={[...matrix]}
        columns={[
          {
            key: 'action',
            label: t(locale, texts.action),
            header: true,
            cell: ([action]) => {
              const name = t(locale, actionName(action))
              return (
                <>
                  {change ? (
                    <a class="govuk-link" href={`${HERE}/${action}`}>
                      {name}
                    </a>
                  ) : (
                    name
                  )}
                  <br />
                  <code class="cs-muted">{action}</code>
                </>
              )
            },
          },
          ...roles.map((role) => ({
            key: role,
            label: t(locale, roleNames[role]),
            cell: ([, reach]: [string, Partial<Record<Role, Scope>>]) => {
              const scope = reach[role]
              return scope ? t(locale, scopeTexts[scope]) : <span class="govuk-visually-hidden">{t(locale, texts.scopeNone)}</span>
            },
          })),
        ]}
      />
      {changes.length > 0 && <Changes c={c} changes={changes} />}
    </>,
  )
}

async function show(c: Web, state: { requestId: string; values?: URLSearchParams; refusal?: Refusal }): Promise<Response> {
  const locale = c.get('locale')
  const action = c.req.param('action') ?? ''
  const reach = (await permissionTable(c.get('app'))).matrix.get(action)
  if (!reach) throw new Refused(common.notFound)
  const { refusal, values } = state
  if (refusal) c.status(refusal.status)
  const message = refusal && [refusal.message, refusal.next].flatMap((one) => (one ? [t(locale, one)] : [])).join(' ')
  return page(
    c,
    { ...frame(c, 'admin'), title: texts.changeRight, back: { href: HERE }, hasErrors: refusal !== undefined },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        {refusal && <ErrorSummary errors={[]} message={message} locale={locale} />}
        <h1 class="govuk-heading-l">
          <span class="govuk-caption-l">{t(locale, texts.changeRight)}</span>
          {t(locale, actionName(action))}
        </h1>
        <InsetText>{t(locale, texts.scopeHint)}</InsetText>
        <Form csrfToken={c.get('csrf')} requestId={state.requestId} unsaved>
          {roles.map((role) => (
            <Select
              name={role}
              label={t(locale, roleNames[role])}
              options={scopes.map((scope) => ({ value: scope, label: t(locale, scopeTexts[scope]) }))}
              empty={false}
              value={values?.get(role) ?? reach[role] ?? 'none'}
            />
          ))}
          <Button>{t(locale, texts.save)}</Button>
        </Form>
      </div>
    </div>,
  )
}

export const permissionForm = (c: Web) => show(c, { requestId: freshRequestId() })

const isScope = (value: string | null): value is Scope | 'none' => scopes.some((scope) => scope === value)

export async function permissionSend(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const requestId = requestIdOf(values)
  const wanted: Partial<Record<Role, Scope | 'none'>> = {}
  for (const role of roles) {
    const scope = values.get(role)
    if (isScope(scope)) wanted[role] = scope
  }
  const app = c.get('app')
  const call = { province: app.province, actor: c.get('actor'), requestId, locale: c.get('locale'), name: 'identity.change-permissions' }
  const result = await run(app, call, (cx) => changePermissions(cx, { action: c.req.param('action') ?? '', scopes: wanted }))
  if (!result.ok) {
    if (result.error.code === common.denied.code) throw new Refused(result.error)
    return show(c, { requestId: requestId ?? freshRequestId(), values, refusal: result.error })
  }
  await refreshAccess(app.db, app.province)
  return c.redirect(`${HERE}?bao=${result.value.changed > 0 ? 'da-luu' : 'khong-doi'}`, 303)
}
