import { z } from 'zod'
import { run } from '../../../kernel/command.ts'
import { refusals as common, type Refusal, Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { formObject, parse, readForm, requestIdOf, say } from '../../../kernel/http/form.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { ownValue } from '../../../kernel/own-value.ts'
import { EMAIL } from '../../../kernel/text.ts'
import { frame } from '../../../ui/frame.ts'
import {
  Button,
  ErrorSummary,
  errorsBy,
  type Flash,
  Form,
  formatDay,
  formatInstant,
  InsetText,
  LinkButton,
  page,
  Select,
  SummaryList,
  Table,
  Tag,
  TextInput,
} from '../../../ui/index.ts'
import { changeContact } from '../commands/change-contact.ts'
import { endAllSessions, endOwnSession } from '../commands/end-session.ts'
import { factorTexts } from '../factor-texts.ts'
import { officerAccount, profileOf, sessionsOf } from '../queries/account.ts'
import { maskPersonalNumber } from '../rules/personal-number.ts'
import { takeTokenAway } from '../sessions.ts'
import type { Address, PersonRow } from '../store/people.ts'
import { texts } from '../texts.ts'
import { directory, grantColumns, today, unitOptions } from './parts.tsx'
import { freshRequestId } from './request-id.ts'

const notices = { 'da-luu': texts.saved, 'ket-thuc': texts.ended, 'doi-mat-khau': texts.passwordChanged } as const

function flashOf(c: Web): { flash?: Flash } {
  const text = ownValue(notices, c.req.query('bao'))
  return text ? { flash: { kind: 'success', text } } : {}
}

const Sessions = async ({ c }: { c: Web }) => {
  const locale = c.get('locale')
  const own = Buffer.from(c.get('session')?.tokenHash ?? []).toString('hex')
  const lines = (await sessionsOf(c.get('app'), c.get('actor'))).map((line) => ({
    ...line,
    hash: Buffer.from(line.tokenHash).toString('hex'),
  }))
  return (
    <>
      <h2 class="govuk-heading-m">{t(locale, texts.sessions)}</h2>
      <Table
        caption={t(locale, texts.sessions)}
        captionHidden
        locale={locale}
        rows={lines}
        columns={[
          { key: 'device', label: t(locale, texts.device), header: true, cell: (line) => line.device || t(locale, texts.unknownDevice) },
          { key: 'address', label: t(locale, texts.fromAddress), cell: (line) => line.address ?? '' },
          { key: 'since', label: t(locale, texts.since), cell: (line) => formatInstant(line.createdAt) },
          { key: 'seen', label: t(locale, texts.lastSeen), cell: (line) => formatInstant(line.seenAt) },
          {
            key: 'end',
            label: t(locale, texts.end),
            labelHidden: true,
            cell: (line) =>
              line.hash === own ? (
                <Tag tone="good">{t(locale, texts.thisOne)}</Tag>
              ) : (
                <Form csrfToken={c.get('csrf')} action="/tai-khoan/phien">
                  <input type="hidden" name="hash" value={line.hash} />
                  <Button look="secondary">
                    {t(locale, texts.end)}
                    <span class="govuk-visually-hidden"> {t(locale, texts.endSession, { device: line.device ?? '' })}</span>
                  </Button>
                </Form>
              ),
          },
        ]}
      />
      <Form csrfToken={c.get('csrf')} action="/tai-khoan/phien/tat-ca">
        <Button look="secondary">{t(locale, texts.endAll)}</Button>
      </Form>
    </>
  )
}

const addressText = (address: Address | null): string | undefined => address?.label ?? address?.line

const Citizen = ({ c, person }: { c: Web; person: PersonRow }) => {
  const locale = c.get('locale')
  const level = person.identityLevel === null ? t(locale, texts.levelUnknown) : t(locale, texts.level, { level: person.identityLevel })
  return (
    <>
      <SummaryList
        locale={locale}
        plain
        rows={[
          { key: t(locale, texts.fullName), value: person.name },
          {
            key: t(locale, texts.personalNumber),
            value: person.personalNumber ? maskPersonalNumber(person.personalNumber) : t(locale, texts.none),
          },
          { key: t(locale, texts.birthDate), value: person.birthDate ? formatDay(person.birthDate) : t(locale, texts.none) },
          { key: t(locale, texts.identityLevel), value: level },
        ]}
      />
      <InsetText>{t(locale, texts.fromVneid, { name: 'VNeID' })}</InsetText>
      <h2 class="govuk-heading-m">{t(locale, texts.contact)}</h2>
      <p class="govuk-body">{t(locale, texts.contactText)}</p>
      <SummaryList
        locale={locale}
        rows={[
          { key: t(locale, texts.phone), value: person.phone ?? t(locale, texts.none) },
          { key: t(locale, texts.email), value: person.email ?? t(locale, texts.none) },
          { key: t(locale, texts.address), value: addressText(person.address) ?? t(locale, texts.none) },
        ]}
      />
      <LinkButton href="/tai-khoan/lien-he" look="secondary">
        {t(locale, texts.changeContact)}
      </LinkButton>
    </>
  )
}

const OfficerPart = async ({ c, officerId }: { c: Web; officerId: string }) => {
  const locale = c.get('locale')
  const account = await officerAccount(c.get('app'), officerId)
  if (!account) throw new Refused(common.signInNeeded)
  const [units, day] = [await directory(c), today(c)]
  const { officer, grants } = account
  return (
    <>
      <SummaryList
        locale={locale}
        plain
        rows={[
          { key: t(locale, texts.fullName), value: officer.name },
          { key: t(locale, texts.username), value: officer.username },
          { key: t(locale, texts.position), value: officer.position || t(locale, texts.none) },
          { key: t(locale, texts.unit), value: units.name(officer.agencyCode, day) },
        ]}
      />
      <h2 class="govuk-heading-m">{t(locale, texts.myRoles)}</h2>
      <Table
        caption={t(locale, texts.myRoles)}
        captionHidden
        locale={locale}
        rows={grants}
        columns={grantColumns(locale, units, day)}
        empty={<p class="govuk-body">{t(locale, texts.noRoles)}</p>}
      />
      <div class="govuk-button-group">
        <LinkButton href="/tai-khoan/uy-quyen" look="secondary">
          {t(locale, texts.delegations)}
        </LinkButton>
        <LinkButton href="/tai-khoan/hai-lop" look="secondary">
          {t(locale, factorTexts.title)}
        </LinkButton>
        <LinkButton href="/tai-khoan/mat-khau" look="secondary">
          {t(locale, texts.changePassword)}
        </LinkButton>
      </div>
    </>
  )
}

/** Who I am here, how to reach me, where I am signed in. */
export async function accountPage(c: Web): Promise<Response> {
  const locale = c.get('locale')
  const actor = c.get('actor')
  const person = actor.kind === 'citizen' ? await profileOf(c.get('app'), actor.personId) : undefined
  return page(
    c,
    { ...frame(c, actor.kind === 'officer' ? 'office' : 'portal'), title: texts.myAccount, ...flashOf(c) },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-full">
        <h1 class="govuk-heading-l">{t(locale, texts.myAccount)}</h1>
        {person && <Citizen c={c} person={person} />}
        {actor.kind === 'officer' && <OfficerPart c={c} officerId={actor.officerId} />}
        <Sessions c={c} />
      </div>
    </div>,
  )
}

/** Ends one of my sessions; whichever it is, never somebody else's. */
export async function endOneSend(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  if (!(await endOwnSession(c.get('app'), c.get('actor'), values.get('hash') ?? ''))) throw new Refused(common.notFound)
  return c.redirect('/tai-khoan?bao=ket-thuc', 303)
}

export async function endAllSend(c: Web): Promise<Response> {
  await readForm(c)
  await endAllSessions(c.get('app'), c.get('actor'))
  takeTokenAway(c)
  return c.redirect('/dang-nhap', 303)
}

const contactInput = z.object({
  phone: z
    .string()
    .default('')
    .transform((typed) => typed.replace(/[\s.-]/g, ''))
    .refine(
      (phone) => /^$|^(?:\+84|0)\d{9,10}$/.test(phone),
      say('Nhập số điện thoại gồm 10 số, bắt đầu bằng 0.', 'Enter a phone number of 10 digits that begins with 0.'),
    ),
  email: z
    .string()
    .trim()
    .max(200)
    .default('')
    .refine(
      (email) => email === '' || EMAIL.test(email),
      say('Nhập địa chỉ thư điện tử đầy đủ, ví dụ ten@example.com.', 'Enter a full e-mail address, such as name@example.com.'),
    ),
  commune: z.string().default(''),
  line: z.string().trim().max(200, say('Dài nhất 200 ký tự.', 'At most 200 characters.')).default(''),
})

type ContactForm = Record<'phone' | 'email' | 'commune' | 'line', string>

async function contactPage(c: Web, state: { typed: ContactForm; requestId: string; refusal?: Refusal }): Promise<Response> {
  const locale = c.get('locale')
  const { typed, refusal } = state
  if (refusal) c.status(refusal.status)
  const errorOf = errorsBy(locale, refusal?.fields)
  const [units, day] = [await directory(c), today(c)]
  const communes = units.list(day, { tier: 'commune' }).map((agency) => agency.code)
  return page(
    c,
    { ...frame(c, 'portal'), title: texts.changeContact, back: { href: '/tai-khoan' }, hasErrors: refusal !== undefined },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        {refusal && <ErrorSummary errors={refusal.fields ?? []} locale={locale} />}
        <h1 class="govuk-heading-l">{t(locale, texts.changeContact)}</h1>
        <Form csrfToken={c.get('csrf')} requestId={state.requestId} unsaved>
          <TextInput
            name="phone"
            label={t(locale, texts.phone)}
            type="tel"
            autocomplete="tel"
            width={20}
            optional
            locale={locale}
            value={typed.phone}
            error={errorOf('phone')}
          />
          <TextInput
            name="email"
            label={t(locale, texts.email)}
            type="email"
            autocomplete="email"
            optional
            locale={locale}
            value={typed.email}
            error={errorOf('email')}
          />
          <Select
            name="commune"
            label={t(locale, texts.commune)}
            options={unitOptions(units, day, communes)}
            optional
            locale={locale}
            value={typed.commune}
            error={errorOf('commune')}
          />
          <TextInput
            name="line"
            label={t(locale, texts.line)}
            autocomplete="address-line1"
            optional
            locale={locale}
            value={typed.line}
            error={errorOf('line')}
          />
          <Button>{t(locale, texts.save)}</Button>
        </Form>
      </div>
    </div>,
  )
}

export async function contactForm(c: Web): Promise<Response> {
  const actor = c.get('actor')
  const person = actor.kind === 'citizen' ? await profileOf(c.get('app'), actor.personId) : undefined
  const units = await directory(c)
  const commune = units.list(today(c), { tier: 'commune' }).find((agency) => agency.areaCode === person?.address?.commune)
  const typed = { phone: person?.phone ?? '', email: person?.email ?? '', commune: commune?.code ?? '', line: person?.address?.line ?? '' }
  return contactPage(c, { typed, requestId: freshRequestId() })
}

/** The address as forms keep it: codes of the unit with the day from which it is meant, and the sentence of today. */
async function addressOf(c: Web, communeCode: string, line: string): Promise<Address | null> {
  const [units, day] = [await directory(c), today(c)]
  const [commune, province] = [units.find(communeCode, day), units.root(day)]
  if (!commune?.areaCode || !province?.areaCode) return null
  const label = [line, commune.shortName, province.shortName.replace(/^UBND /, '')].filter(Boolean).join(', ')
  return { province: province.areaCode, commune: commune.areaCode, validFrom: commune.validFrom, line, label }
}

export async function contactSend(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const requestId = requestIdOf(values)
  const typed = { phone: '', email: '', commune: '', line: '', ...(formObject(values) as Partial<ContactForm>) }
  const input = parse(contactInput, typed)
  if (!input.ok) return contactPage(c, { typed, requestId: requestId ?? freshRequestId(), refusal: input.error })
  const { phone, email, commune, line } = input.value
  const contact = { phone: phone || null, email: email || null, address: await addressOf(c, commune, line) }
  const call = { province: c.get('province'), actor: c.get('actor'), requestId, locale: c.get('locale'), name: 'identity.change-contact' }
  const result = await run(c.get('app'), call, (cx) => changeContact(cx, contact))
  if (!result.ok) throw new Refused(result.error)
  return c.redirect('/tai-khoan?bao=da-luu', 303)
}
