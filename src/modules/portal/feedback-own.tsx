import { randomUUID } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import type { Context } from '../../kernel/context.ts'
import { type FieldError, type Refusal, Refused, refusals, withFields } from '../../kernel/errors.ts'
import type { Web } from '../../kernel/http/context.ts'
import { readForm } from '../../kernel/http/form.ts'
import { runFor } from '../../kernel/http/run-for.ts'
import { addressOf } from '../../kernel/http/server.ts'
import { type Text, t } from '../../kernel/i18n/index.ts'
import type { Result } from '../../kernel/result.ts'
import { frame } from '../../ui/frame.ts'
import {
  Button,
  EmptyState,
  ErrorSummary,
  errorsBy,
  Form,
  formatInstant,
  LinkButton,
  NotificationBanner,
  page,
  Table,
  TextInput,
} from '../../ui/index.ts'
import {
  myFeedback,
  type OwnPetition,
  ownPetition,
  reraisePetition,
  supplyPetition,
  trackPetition,
  voteOnPetition,
  withdrawPetition,
} from '../feedback/index.ts'
import { PetitionForFiler, PetitionTag } from './feedback-parts.tsx'
import { texts } from './feedback-texts.ts'

const asker = (c: Web) => ({ province: c.get('province'), actor: c.get('actor') })

interface Failed {
  readonly action: string
  readonly refusal: Refusal
  readonly note: string
}

/** The petition's page, for whoever filed it: signed in, or with the proof they just gave. */
function show(
  c: Web,
  view: OwnPetition,
  more: { proof?: { ma: string; phone: string }; failed?: Failed; done?: Text | undefined },
): Response | Promise<Response> {
  const locale = c.get('locale')
  const { failed, proof } = more
  if (failed) c.status(failed.refusal.status)
  const fields = failed?.refusal.fields ?? []
  return page(
    c,
    {
      ...frame(c, 'portal'),
      title: { vi: texts.petition.vi.replace('{code}', view.reference), en: texts.petition.en.replace('{code}', view.reference) },
      hasErrors: failed !== undefined,
      back: proof ? { href: '/phan-anh/tra-cuu', text: texts.again } : { href: '/phan-anh/cua-toi', text: texts.mine },
    },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        {failed && (
          <ErrorSummary
            errors={fields.map((field) => ({ ...field, path: `${failed.action}.${field.path}` }))}
            message={failed.refusal.message}
            locale={locale}
          />
        )}
        {more.done && (
          <NotificationBanner kind="success" locale={locale}>
            {t(locale, more.done)}
          </NotificationBanner>
        )}
        <h1 class="govuk-heading-l">
          {t(locale, texts.petition, { code: '' })} <span class="cs-nowrap">{view.reference}</span>
        </h1>
        {failed?.refusal.next && <p class="govuk-body">{t(locale, failed.refusal.next)}</p>}
        <PetitionForFiler
          view={view}
          locale={locale}
          acting={{
            csrf: c.get('csrf'),
            requestId: randomUUID,
            proof,
            errors: failed && { action: failed.action, fields, note: failed.note },
          }}
        />
      </div>
    </div>,
  )
}

async function ask(c: Web, typed: { ma: string; phone: string }, refusal?: Refusal): Promise<Response> {
  const locale = c.get('locale')
  const error = errorsBy(locale, refusal?.fields)
  if (refusal) c.status(refusal.status)
  return page(
    c,
    { ...frame(c, 'portal'), title: texts.where, hasErrors: refusal !== undefined, back: { href: '/phan-anh', text: texts.petitions } },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        {refusal && <ErrorSummary errors={refusal.fields ?? []} message={refusal.message} locale={locale} />}
        <h1 class="govuk-heading-l">{t(locale, texts.where)}</h1>
        {refusal?.next && <p class="govuk-body">{t(locale, refusal.next)}</p>}
        <p class="govuk-body">{t(locale, texts.trackLead)}</p>
        <Form csrfToken={c.get('csrf')} action="/phan-anh/tra-cuu">
          <TextInput name="ma" label={t(locale, texts.trackCode)} value={typed.ma} error={error('ma')} autocomplete="off" locale={locale} />
          <TextInput
            name="dien-thoai"
            label={t(locale, texts.trackPhone)}
            value={typed.phone}
            error={error('dien-thoai')}
            inputmode="numeric"
            width={10}
            autocomplete="off"
            locale={locale}
          />
          <Button>{t(locale, texts.trackButton)}</Button>
        </Form>
      </div>
    </div>,
  )
}

/** GET /phan-anh/tra-cuu: asks for the reference and the proof; `?ma=` (from the QR) fills the reference in. */
export const trackPage = (c: Web): Promise<Response> => ask(c, { ma: (c.req.query('ma') ?? '').slice(0, 40), phone: '' })

const proofOf = (values: URLSearchParams) => ({
  ma: (values.get('ma') ?? '').trim().slice(0, 40),
  phone: (values.get('dien-thoai') ?? '').trim().slice(0, 20),
})

/** POST /phan-anh/tra-cuu: the answer stays on this page, so that nothing about it enters the address. */
export async function track(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const proof = proofOf(values)
  const errors: FieldError[] = []
  if (!proof.ma) errors.push({ path: 'ma', message: texts.codeMissing })
  if (!proof.phone) errors.push({ path: 'dien-thoai', message: texts.phoneMissing })
  if (errors.length > 0) return ask(c, proof, withFields(refusals.invalid, errors))
  const found = await trackPetition(c.get('app'), asker(c), { reference: proof.ma, phone: proof.phone, address: addressOf(c) })
  return found.ok ? show(c, found.value, { proof }) : ask(c, proof, found.error)
}

const done: Readonly<Record<string, Text>> = {
  supply: texts.doneSupply,
  reraise: texts.doneReraise,
  withdraw: texts.doneWithdraw,
  vote: texts.thanksOpinion,
}

/** Who acts on which petition: signed in, or by the proof in the form. */
async function load(c: Web, values: URLSearchParams): Promise<{ view: OwnPetition; proof?: { ma: string; phone: string } }> {
  const proof = proofOf(values)
  if (!proof.ma) {
    if (c.get('actor').kind !== 'citizen') throw new Refused(refusals.notFound)
    const own = await ownPetition(c.get('app'), asker(c), values.get('id') ?? '')
    if (!own.ok) throw new Refused(own.error)
    return { view: own.value }
  }
  const tracked = await trackPetition(c.get('app'), asker(c), { reference: proof.ma, phone: proof.phone, address: addressOf(c) })
  if (!tracked.ok) throw new Refused(tracked.error)
  return { view: tracked.value, proof }
}

function commandFor(action: string, on: { petitionId: string; version?: number; phone?: string }, values: URLSearchParams) {
  const note = (values.get('note') ?? '').slice(0, 4000)
  const commands: Readonly<Record<string, (cx: Context) => Promise<Result<unknown>>>> = {
    supply: (cx) => supplyPetition(cx, { ...on, note }),
    reraise: (cx) => reraisePetition(cx, { ...on, note }),
    withdraw: (cx) => withdrawPetition(cx, { ...on, note }),
    vote: (cx) => voteOnPetition(cx, { petitionId: on.petitionId, phone: on.phone, liked: values.get('thich') === '1' }),
  }
  return Object.hasOwn(commands, action) ? commands[action] : undefined
}

/** POST /phan-anh/viec: the petitioner's own steps. */
export async function ownStep(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const action = values.get('viec') ?? ''
  const { view, proof } = await load(c, values)
  const version = Number(values.get('version'))
  const on = {
    petitionId: view.id,
    ...(Number.isInteger(version) && version > 0 ? { version } : {}),
    ...(proof ? { phone: proof.phone } : {}),
  }
  const work = commandFor(action, on, values)
  if (!work) throw new Refused(refusals.notFound)
  const result = await runFor(c, values, `petition.${action}`, work)
  const withProof = proof ? { proof } : {}
  if (!result.ok) return show(c, view, { ...withProof, failed: { action, refusal: result.error, note: values.get('note') ?? '' } })
  if (!proof) return c.redirect(`/phan-anh/cua-toi/${view.id}?xong=${action}`, 303)
  const { view: now } = await load(c, values)
  return show(c, now, { proof, done: done[action] })
}

/** GET /phan-anh/cua-toi/:id */
export async function myPetitionPage(c: Web): Promise<Response> {
  const own = await ownPetition(c.get('app'), asker(c), c.req.param('id') ?? '')
  if (!own.ok) throw new Refused(own.error)
  const what = c.req.query('xong') ?? ''
  return show(c, own.value, { done: Object.hasOwn(done, what) ? done[what] : undefined })
}

/** GET /phan-anh/cua-toi: what the signed-in person sent, and what they are asked to rate. */
export async function myPetitionsPage(c: Web): Promise<Response> {
  const locale = c.get('locale')
  const mine = await myFeedback(c.get('app'), asker(c))
  if (!mine.ok) throw new Refused(mine.error)
  const { petitions, invitations } = mine.value
  return page(
    c,
    { ...frame(c, 'portal'), title: texts.mine },
    <>
      <h1 class="govuk-heading-xl">{t(locale, texts.mine)}</h1>
      {invitations.length > 0 && (
        <section class="cs-turn" aria-labelledby="rate">
          <h2 class="govuk-heading-m" id="rate">
            {t(locale, texts.toRate)}
          </h2>
          <ul class="govuk-list">
            {invitations.map((one) => (
              <li>
                <a class="govuk-link" href={`/ho-so/${one.dossierId}/danh-gia`}>
                  {one.procedureName}
                </a>{' '}
                <span class="cs-muted">{one.agencyName}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Table
        caption={t(locale, texts.mine)}
        captionHidden
        locale={locale}
        rows={petitions}
        empty={<EmptyState title={t(locale, texts.noneMine)} action={{ href: '/phan-anh/gui', text: t(locale, texts.write) }} />}
        columns={[
          {
            key: 'petition',
            label: t(locale, texts.column),
            header: true,
            cell: (row) => (
              <>
                <a class="govuk-link" href={`/phan-anh/cua-toi/${row.id}`}>
                  {row.content.length > 90 ? `${[...row.content].slice(0, 90).join('')}…` : row.content}
                </a>
                <br />
                <span class="govuk-body-s cs-muted cs-nowrap">{row.reference}</span>
              </>
            ),
          },
          {
            key: 'stands',
            label: t(locale, texts.stage),
            cell: (row) => (
              <>
                <PetitionTag stage={row.stage} locale={locale} />
                <br />
                <span class="govuk-body-s">{t(locale, row.stands)}</span>
              </>
            ),
          },
          { key: 'sent', label: t(locale, texts.sentAt), cell: (row) => formatInstant(Temporal.Instant.from(row.filedAt)) },
        ]}
      />
      {petitions.length > 0 && (
        <LinkButton href="/phan-anh/gui" look="secondary">
          {t(locale, texts.write)}
        </LinkButton>
      )}
    </>,
  )
}
