import { randomUUID } from 'node:crypto'
import { addDays, dayOf } from '../../../kernel/clock.ts'
import { type FieldError, type Refusal, refusals, withFields } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { readForm } from '../../../kernel/http/form.ts'
import { runFor } from '../../../kernel/http/run-for.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import { Button, ErrorSummary, errorsBy, Form, formatWeekday, page, Radios, SummaryList } from '../../../ui/index.ts'
import { doorsOn, loadCalendar } from '../../calendar/index.ts'
import { type CitizenView, chooseCollection, collectionOf, collectionWays } from '../../dossier/index.ts'
import {
  type AddressBook,
  type Answers,
  addressBookOf,
  check,
  FormFields,
  parsePageInput,
  readDefinition,
  withLabels,
} from '../../form/index.ts'
import { directoryOf } from '../../organisation/index.ts'
import { loadOwn } from './load.ts'
import { texts } from './texts.ts'

/** Where the post goes, asked with the same questions as any form: the place is picked, never typed. */
const postForm = readDefinition({
  code: 'nhan-qua-buu-dien',
  version: 1,
  validFrom: '2020-01-01',
  title: texts.post,
  applicant: { name: 'receiver' },
  pages: [
    {
      id: 'noi-nhan',
      title: texts.post,
      fields: [
        { id: 'receiver', type: 'text', label: texts.receiver, autocomplete: 'name' },
        { id: 'phone', type: 'phone', label: texts.receiverPhone, autocomplete: 'tel' },
        { id: 'address', type: 'address', label: texts.address },
      ],
    },
  ],
})
const postPage = postForm.pages[0] as (typeof postForm.pages)[number]

const two = (n: number): string => String(n).padStart(2, '0')
const clockText = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`

interface Sent {
  readonly way: string
  readonly answers: Answers
  readonly raw: Readonly<Record<string, string>>
  readonly refusal: Refusal
}

const bookFor = async (c: Web): Promise<AddressBook> =>
  addressBookOf(await directoryOf(c.get('app'), c.get('province')), c.get('province'), dayOf(c.get('app').clock()))

async function openingHours(c: Web, view: CitizenView, locale: Locale): Promise<{ key: string; value: string }[]> {
  const calendar = await c.get('app').db.read(c.get('province'), (tx) => loadCalendar(tx, view.receptionAgencyCode))
  const today = dayOf(c.get('app').clock())
  return Array.from({ length: 7 }, (_, n) => addDays(today, n)).map((day) => {
    const hours = doorsOn(day, calendar)
      .map(({ opens, closes }) => `${clockText(opens)}–${clockText(closes)}`)
      .join(', ')
    return { key: formatWeekday(day, locale), value: hours || t(locale, texts.closedDay) }
  })
}

async function show(c: Web, view: CitizenView, sent?: Sent): Promise<Response> {
  const app = c.get('app')
  const locale = c.get('locale')
  const actor = c.get('actor')
  const chosen = await collectionOf(app, { province: c.get('province'), actor }, view.id)
  const before: Answers = {
    receiver: chosen?.receiver ?? (actor.kind === 'citizen' ? actor.name : ''),
    ...(chosen?.phone ? { phone: chosen.phone } : actor.kind === 'citizen' && actor.phone ? { phone: actor.phone } : {}),
    ...(chosen?.address ? { address: chosen.address as unknown as Answers[string] } : {}),
  }
  const errors = sent?.refusal.fields ?? []
  if (sent) c.status(sent.refusal.status)
  return page(
    c,
    {
      ...frame(c, 'portal'),
      title: texts.collectTitle,
      back: { href: `/ho-so/${view.id}`, text: texts.toDossier },
      hasErrors: sent !== undefined,
    },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        {sent && <ErrorSummary errors={errors} message={sent.refusal.message} locale={locale} />}
        <span class="govuk-caption-l">{view.procedureName}</span>
        <h1 class="govuk-heading-l">{t(locale, texts.collectTitle)}</h1>
        <p class="govuk-body">{t(locale, texts.collectLead)}</p>
        <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={`/ho-so/${view.id}/nhan-ket-qua`}>
          <Radios
            name="way"
            label={t(locale, texts.collectNow)}
            labelSize="m"
            value={sent?.way ?? chosen?.way}
            error={errorsBy(locale, errors)('way')}
            options={[
              { value: 'electronic', label: t(locale, texts.electronic), hint: t(locale, texts.electronicHint) },
              { value: 'counter', label: t(locale, texts.counter), hint: t(locale, texts.counterHint, { desk: view.receptionAgencyName }) },
              { value: 'post', label: t(locale, texts.post), hint: t(locale, texts.postHint) },
            ]}
            locale={locale}
          />
          <h2 class="govuk-heading-m">{t(locale, texts.post)}</h2>
          <FormFields
            definition={postForm}
            page={postPage}
            answers={sent?.answers ?? before}
            errors={errors}
            raw={sent?.raw}
            book={await bookFor(c)}
            locale={locale}
          />
          <Button>{t(locale, texts.saveWay)}</Button>
        </Form>
        <h2 class="govuk-heading-m">{t(locale, texts.hours)}</h2>
        <SummaryList locale={locale} rows={await openingHours(c, view, locale)} plain />
      </div>
    </div>,
  )
}

/** GET /ho-so/:id/nhan-ket-qua */
export const collectPage = async (c: Web): Promise<Response> => show(c, await loadOwn(c))

/** POST /ho-so/:id/nhan-ket-qua: the address is asked for only by whoever chooses the post. */
export async function saveCollection(c: Web): Promise<Response> {
  const view = await loadOwn(c)
  const form = await readForm(c, { dropFiles: true })
  const way = collectionWays.find((one) => one === form.values.get('way'))
  const input = parsePageInput(postForm, postPage, form.values)
  const answers = withLabels(postForm, input.answers, await bookFor(c))
  const checked = check(postForm, answers, { mode: 'submit', today: dayOf(c.get('app').clock()) })
  const fields: FieldError[] = way ? (way === 'post' ? [...checked.errors] : []) : [{ path: 'way', message: texts.wayMissing }]
  const again = (refusal: Refusal) => show(c, view, { way: way ?? '', answers, raw: input.raw, refusal })
  if (!way || fields.length > 0) return again(withFields(refusals.invalid, fields))
  const post = way === 'post' ? checked.answers : {}
  const result = await runFor(c, form.values, 'collection.choose', (cx) =>
    chooseCollection(cx, {
      dossierId: view.id,
      way,
      receiver: typeof post.receiver === 'string' ? post.receiver : null,
      phone: typeof post.phone === 'string' ? post.phone : null,
      address: (post.address ?? null) as Readonly<Record<string, unknown>> | null,
    }),
  )
  return result.ok ? c.redirect(`/ho-so/${view.id}?xong=nhan-ket-qua`, 303) : again(result.error)
}
