import { Temporal } from 'temporal-polyfill'
import { dayOf } from '../../../kernel/clock.ts'
import { type Refusal, Refused, refusals } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { formObject, readForm } from '../../../kernel/http/form.ts'
import { runFor } from '../../../kernel/http/run-for.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { isUuid } from '../../../kernel/id.ts'
import { frame } from '../../../ui/frame.ts'
import {
  Details,
  ErrorSummary,
  formatInstant,
  Island,
  NotificationBanner,
  page,
  SummaryList,
  Tag,
  ThreePane,
  Timeline,
} from '../../../ui/index.ts'
import { actionTexts, type OfficerPetition, petitionForOfficer, prepareStep, type StepName, stepNames } from '../../feedback/index.ts'
import { directoryOf } from '../../organisation/index.ts'
import { PetitionClock, StageTag } from './feedback-list.tsx'
import { Steps, type StepsProps } from './feedback-steps.tsx'
import { texts } from './feedback-texts.ts'
import { asker, sendFile } from './request.ts'

const when = (text: string): string => formatInstant(Temporal.Instant.from(text))

const About = ({ view, locale }: { view: OfficerPetition; locale: Locale }) => (
  <>
    <h2 class="govuk-heading-m">{t(locale, texts.whatIsSaid)}</h2>
    {view.content
      .split(/\n+/)
      .filter(Boolean)
      .map((line) => (
        <p class="govuk-body">{line}</p>
      ))}
    {view.attachments.length > 0 && (
      <>
        <h3 class="govuk-heading-s">{t(locale, texts.files)}</h3>
        <ul class="govuk-list">
          {view.attachments.map((file, at) => (
            <li class="cs-paper">
              <a class="govuk-link" href={`/mot-cua/phan-anh/${view.id}/tep/${at + 1}`}>
                {file.name}
              </a>
            </li>
          ))}
        </ul>
      </>
    )}
    <h2 class="govuk-heading-m">{t(locale, texts.person)}</h2>
    <SummaryList
      plain
      locale={locale}
      rows={[
        { key: t(locale, texts.name), value: view.name === '•••' ? t(locale, texts.unseen) : view.name },
        { key: t(locale, texts.phone), value: view.phone ?? '—' },
        { key: t(locale, texts.sentAt), value: when(view.filedAt) },
        ...(view.procedureName ? [{ key: t(locale, texts.procedure), value: view.procedureName }] : []),
        ...(view.dossierId
          ? [
              {
                key: t(locale, texts.dossier),
                value: (
                  <a class="govuk-link cs-nowrap" href={`/mot-cua/ho-so/${view.dossierId}`}>
                    {view.dossierCode ?? '→'}
                  </a>
                ),
              },
            ]
          : []),
        { key: t(locale, texts.mayPublish), value: t(locale, view.mayPublish ? texts.yes : texts.no) },
      ]}
    />
  </>
)

const Clock = ({ view, locale }: { view: OfficerPetition; locale: Locale }) => {
  const passed = (inTime: boolean): string => (inTime ? '' : ` (${t(locale, texts.passed)})`)
  return (
    <>
      <PetitionClock clock={view.clock} due={view.due} used={view.used} locale={locale} />
      <SummaryList
        plain
        locale={locale}
        rows={[
          ...(view.stage === 'received'
            ? [
                { key: t(locale, texts.refuseDue), value: when(view.refuseDueAt) + passed(view.refuseInTime) },
                { key: t(locale, texts.askDue), value: when(view.askDueAt) + passed(view.askInTime) },
              ]
            : []),
          { key: t(locale, texts.dueAt), value: when(view.dueAt) },
          ...(view.dueAt === view.indexDueAt ? [] : [{ key: t(locale, texts.indexDue), value: when(view.indexDueAt) }]),
          ...(view.publishDueAt ? [{ key: t(locale, texts.publishDue), value: when(view.publishDueAt) }] : []),
        ]}
      />
      <Details summary={t(locale, texts.why)}>
        <ul class="govuk-list govuk-list--bullet">
          {view.dueExplanation.map((sentence) => (
            <li>{t(locale, sentence)}</li>
          ))}
        </ul>
      </Details>
      <Timeline
        locale={locale}
        entries={[...view.history].reverse().map((entry, at) => ({
          title: t(locale, entry.sentence),
          when: when(entry.at),
          ...(entry.who ? { who: entry.who } : {}),
          ...(entry.note ? { detail: entry.note } : {}),
          state: at === 0 && view.clock !== 'done' ? ('current' as const) : ('done' as const),
        }))}
      />
    </>
  )
}

async function show(c: Web, id: string, sent?: StepsProps['sent']): Promise<Response> {
  const locale = c.get('locale')
  const app = c.get('app')
  const province = c.get('province')
  const found = await petitionForOfficer(app, { province, actor: c.get('actor') }, id)
  if (!found.ok) throw new Refused(found.error)
  const view = found.value
  const today = dayOf(app.clock())
  const units = (await directoryOf(app, province))
    .list(today)
    .filter(({ code }) => code !== view.agencyCode)
    .map(({ code, shortName }) => ({ value: code, label: shortName }))
  const did = stepNames.find((name) => name === c.req.query('xong'))
  if (sent) c.status(sent.refusal.status)
  const title = { vi: texts.petition.vi.replace('{code}', view.reference), en: texts.petition.en.replace('{code}', view.reference) }
  return page(
    c,
    { ...frame(c, 'office'), title, wide: true, hasErrors: sent !== undefined, back: { href: '/mot-cua/phan-anh', text: texts.petitions } },
    <>
      {sent && (
        <ErrorSummary
          errors={(sent.refusal.fields ?? []).map((field) => ({ ...field, path: `${sent.action}.${field.path}` }))}
          message={sent.refusal.message}
          locale={locale}
        />
      )}
      {sent?.refusal.next && <p class="govuk-body">{t(locale, sent.refusal.next)}</p>}
      {did && !sent && (
        <NotificationBanner kind="success" locale={locale}>
          {t(locale, texts.done, { what: t(locale, actionTexts[did]).toLowerCase() })}
        </NotificationBanner>
      )}
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">{view.agencyName}</span>
        {t(locale, title)}
      </h1>
      <p class="govuk-body">
        <StageTag stage={view.stage} locale={locale} /> {view.reraised && <Tag tone="bad">{t(locale, texts.reraised)}</Tag>}{' '}
        {view.late && <Tag tone="bad">{t(locale, texts.late)}</Tag>}{' '}
        <span class="cs-muted">
          {view.className ? t(locale, view.className) : t(locale, texts.unclassified)} · {t(locale, texts.holder)}:{' '}
          {view.assigneeName ?? t(locale, texts.nobody)}
        </span>
      </p>
      {view.public && (
        <p class="govuk-body">
          <a class="govuk-link" href={`/phan-anh/cong-khai/${view.reference}`}>
            {t(locale, texts.seePublic)}
          </a>{' '}
          <span class="cs-muted">{t(locale, texts.opinions, { likes: view.likes, dislikes: view.dislikes })}</span>
        </p>
      )}
      <ThreePane
        labels={[t(locale, texts.whatIsSaid), t(locale, texts.step), t(locale, texts.history)]}
        left={<About view={view} locale={locale} />}
        middle={
          <>
            <h2 class="govuk-heading-m">{t(locale, texts.step)}</h2>
            <Steps view={view} units={units} csrf={c.get('csrf')} locale={locale} sent={sent} />
          </>
        }
        right={
          <>
            <h2 class="govuk-heading-m">{t(locale, texts.history)}</h2>
            <Clock view={view} locale={locale} />
          </>
        }
      />
      <Island name="office-keys" />
    </>,
  )
}

/** GET /mot-cua/phan-anh/:id */
export const petitionPage = (c: Web): Promise<Response> => show(c, c.req.param('id') ?? '')

/** POST /mot-cua/phan-anh/:id/:action: one step. Refused: the page again with what was typed. */
export async function actOnPetitionPage(c: Web): Promise<Response> {
  const id = c.req.param('id') ?? ''
  const action: StepName | undefined = stepNames.find((one) => one === c.req.param('action'))
  if (!action || !isUuid(id)) throw new Refused(refusals.notFound)
  const { values } = await readForm(c)
  const sent = formObject(values)
  const refused = (refusal: Refusal): Promise<Response> => show(c, id, { action, values, refusal })
  const prepared = prepareStep(action, id, { ...sent, version: sent.version || undefined, publish: sent.publish === '1' })
  if (!prepared.ok) return refused(prepared.error)
  const result = await runFor(c, values, `petition.${action}`, prepared.value)
  if (!result.ok) return refused(result.error)
  return c.redirect(action === 'transfer' ? '/mot-cua/phan-anh' : `/mot-cua/phan-anh/${id}?xong=${action}`, 303)
}

/** GET /mot-cua/phan-anh/:id/tep/:number: what was sent along, for who may read the petition. */
export async function petitionFile(c: Web): Promise<Response> {
  const app = c.get('app')
  const found = await petitionForOfficer(app, asker(c), c.req.param('id') ?? '')
  if (!found.ok) throw new Refused(found.error)
  return sendFile(c, found.value.attachments[Number(c.req.param('number')) - 1])
}
