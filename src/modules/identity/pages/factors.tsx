import { run } from '../../../kernel/command.ts'
import type { Context } from '../../../kernel/context.ts'
import { refusals as common, type Refusal, Refused } from '../../../kernel/errors.ts'
import { record } from '../../../kernel/events.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { readForm } from '../../../kernel/http/form.ts'
import { runFor } from '../../../kernel/http/run-for.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { isUuid } from '../../../kernel/id.ts'
import { ownValue } from '../../../kernel/own-value.ts'
import { ok, type Result } from '../../../kernel/result.ts'
import { frame } from '../../../ui/frame.ts'
import { Button, Form, formatInstant, InsetText, page, Table } from '../../../ui/index.ts'
import { type AddedFactor, addFactor, checkEnrolment, makeRecoveryCodes, provePassword } from '../commands/add-factor.ts'
import { removeFactor } from '../commands/remove-factor.ts'
import { isProvedLately, markProvedNow } from '../confirm.ts'
import { refusals } from '../errors.ts'
import { factorTexts as texts } from '../factor-texts.ts'
import { officerAccount } from '../queries/account.ts'
import { ownFactors } from '../queries/factors.ts'
import { ownPath } from '../rules/own-path.ts'
import { type IdentitySession, placeOf } from '../sessions.ts'
import { RecoveryCodes, Wrong } from './factor-parts.tsx'
import { readEnrolment, SetUp } from './factor-set-up.tsx'
import { freshRequestId } from './request-id.ts'
import { wantedPath, withReturn } from './ways.ts'

export const FACTORS = '/tai-khoan/hai-lop'
export const ADD = `${FACTORS}/them`

const notices = { them: texts.added, bo: texts.removed, 'xac-nhan': texts.confirmed } as const

/** Fewer left than this, and a new set is advised. */
const FEW = 3

async function ownerOf(c: Web) {
  const actor = c.get('actor')
  const account = actor.kind === 'officer' ? await officerAccount(c.get('app'), actor.officerId) : undefined
  if (!account) throw new Refused(common.denied)
  return account.officer
}

const keepThis = (c: Web): Uint8Array | null => (c.get('session') as IdentitySession | undefined)?.tokenHash ?? null

async function show(c: Web, refusal?: Refusal): Promise<Response> {
  const locale = c.get('locale')
  if (refusal) c.status(refusal.status)
  const owner = await ownerOf(c)
  const own = await ownFactors(c.get('app'), owner.id)
  const text = ownValue(notices, c.req.query('bao'))
  return page(
    c,
    {
      ...frame(c, 'office'),
      title: texts.title,
      back: { href: '/tai-khoan' },
      hasErrors: refusal !== undefined,
      ...(text && !refusal ? { flash: { kind: 'success', text } } : {}),
    },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <Wrong c={c} refusal={refusal} />
        <h1 class="govuk-heading-l">{t(locale, texts.title)}</h1>
        <p class="govuk-body">
          {t(locale, texts.accountText)} {own.level === 'required' ? t(locale, texts.levelRequired) : t(locale, texts.levelNone)}
        </p>
        <Table
          caption={t(locale, texts.mine)}
          locale={locale}
          rows={own.factors}
          empty={<InsetText>{t(locale, texts.nothing)}</InsetText>}
          columns={[
            { key: 'name', label: t(locale, texts.name), header: true, cell: (factor) => factor.name },
            {
              key: 'kind',
              label: t(locale, texts.kind),
              cell: (factor) => t(locale, factor.kind === 'totp' ? texts.kindTotp : texts.kindPasskey),
            },
            { key: 'added', label: t(locale, texts.addedAt), cell: (factor) => formatInstant(factor.createdAt) },
            { key: 'used', label: t(locale, texts.usedAt), cell: (factor) => (factor.lastUsedAt ? formatInstant(factor.lastUsedAt) : '') },
            {
              key: 'remove',
              label: t(locale, texts.remove),
              labelHidden: true,
              cell: (factor) => (
                <Form csrfToken={c.get('csrf')} action={`${FACTORS}/${factor.id}/bo`} requestId={freshRequestId()}>
                  <Button look="secondary">
                    {t(locale, texts.remove)}
                    <span class="govuk-visually-hidden"> {t(locale, texts.removeNamed, { name: factor.name })}</span>
                  </Button>
                </Form>
              ),
            },
          ]}
        />
        <h2 class="govuk-heading-m">{t(locale, texts.add)}</h2>
        <ul class="govuk-list govuk-list--spaced">
          <li>
            <a class="govuk-link" href={`${ADD}?cach=khoa`}>
              {t(locale, texts.addPasskey)}
            </a>
            <br />
            {t(locale, texts.addPasskeyText)}
          </li>
          <li>
            <a class="govuk-link" href={ADD}>
              {t(locale, texts.addTotp)}
            </a>
            <br />
            {t(locale, texts.addTotpText)}
          </li>
        </ul>
        {own.factors.length > 0 && (
          <>
            <h2 class="govuk-heading-m">{t(locale, texts.recovery)}</h2>
            <p class="govuk-body">
              {t(locale, texts.codesLeft, { n: own.recoveryLeft })} {own.recoveryLeft < FEW && t(locale, texts.codesFew)}{' '}
              {t(locale, texts.makeCodesText)}
            </p>
            <Form csrfToken={c.get('csrf')} action={`${FACTORS}/ma-du-phong`}>
              <Button look="secondary">{t(locale, texts.makeCodes)}</Button>
            </Form>
          </>
        )}
      </div>
    </div>,
  )
}

export const factorsPage = (c: Web) => show(c)

async function addPage(c: Web, state: { values?: URLSearchParams; refusal?: Refusal } = {}): Promise<Response> {
  const locale = c.get('locale')
  if (state.refusal) c.status(state.refusal.status)
  const owner = await ownerOf(c)
  const { factors } = await ownFactors(c.get('app'), owner.id)
  const title = c.req.query('cach') === 'khoa' ? texts.addPasskey : texts.addTotp
  return page(
    c,
    { ...frame(c, 'office'), title, back: { href: FACTORS }, hasErrors: state.refusal !== undefined },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <Wrong c={c} refusal={state.refusal} />
        <h1 class="govuk-heading-l">{t(locale, title)}</h1>
        <SetUp c={c} officer={owner} at={ADD} known={factors} password={factors.length === 0} {...state} />
      </div>
    </div>,
  )
}

/** The proof comes first: a code typed here would be too old after another page. */
export async function addForm(c: Web): Promise<Response> {
  if (await isProvedLately(c)) return addPage(c)
  const { pathname, search } = new URL(c.req.url)
  return c.redirect(withReturn(`${FACTORS}/xac-nhan`, pathname + search), 303)
}

const codesPage = (c: Web, codes: readonly string[], next: string) =>
  page(
    c,
    { ...frame(c, 'office'), title: texts.codesTitle },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <RecoveryCodes c={c} codes={codes} next={next} />
      </div>
    </div>,
  )

/** Adds a factor that has just been shown; the first one brings recovery codes, on this page only. */
export async function addSend(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const owner = await ownerOf(c)
  const app = c.get('app')
  const own = await provePassword(app, owner.id, values.get('current') ?? '', placeOf(c))
  if (!own.ok) return addPage(c, { values, refusal: own.error })
  const ready = await checkEnrolment(app, owner.id, readEnrolment(c, values))
  if (!ready.ok) return addPage(c, { values, refusal: ready.error })
  // Without a request id: the answer holds codes that must not be kept to be told again.
  const call = { province: app.province, actor: c.get('actor'), name: 'identity.add-factor' }
  const done = await run(app, call, async (cx): Promise<Result<AddedFactor>> => {
    const added = await addFactor(cx, owner, ready.value, { keep: keepThis(c) })
    if (!added.ok) return added
    await markProvedNow(c, cx)
    await record(cx, { events: added.value.events })
    return ok(added.value.value)
  })
  if (!done.ok) return addPage(c, { values, refusal: done.error })
  const next = ownPath(wantedPath(c), `${FACTORS}?bao=them`)
  return done.value.codes.length > 0 ? codesPage(c, done.value.codes, next) : c.redirect(next, 303)
}

export async function removeSend(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const id = c.req.param('id') ?? ''
  if (!isUuid(id)) throw new Refused(refusals.unknownFactor)
  const owner = await ownerOf(c)
  const done = await runFor(c, values, 'identity.remove-factor', (cx) => removeFactor(cx, owner, id, keepThis(c)))
  return done.ok ? c.redirect(`${FACTORS}?bao=bo`, 303) : show(c, done.error)
}

/** A new set of recovery codes, shown on this page only. */
export async function codesSend(c: Web): Promise<Response> {
  await readForm(c)
  const owner = await ownerOf(c)
  const app = c.get('app')
  if ((await ownFactors(app, owner.id)).factors.length === 0) return show(c, refusals.unknownFactor)
  const call = { province: app.province, actor: c.get('actor'), name: 'identity.make-recovery-codes' }
  const done = await run(app, call, async (cx: Context): Promise<Result<readonly string[]>> => {
    const { codes, event } = await makeRecoveryCodes(cx, owner)
    await record(cx, { events: [event] })
    return ok(codes)
  })
  return done.ok ? codesPage(c, done.value, FACTORS) : show(c, done.error)
}
