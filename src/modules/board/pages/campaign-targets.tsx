import { randomUUID } from 'node:crypto'
import { dayOf } from '../../../kernel/clock.ts'
import { type Refusal, Refused, refusals, withFields } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { formObject, parse, readForm } from '../../../kernel/http/form.ts'
import { runFor } from '../../../kernel/http/run-for.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import {
  Button,
  DateInput,
  Details,
  ErrorSummary,
  errorsBy,
  Form,
  formatDay,
  NotificationBanner,
  page,
  Radios,
  readDate,
  Select,
  SummaryList,
  Table,
  Tag,
  TextInput,
  typedDate,
} from '../../../ui/index.ts'
import {
  addTarget,
  addTargetInput,
  CHANGED_MEANWHILE,
  endTarget,
  endTargetInput,
  NO_END,
  type TargetFigure,
  type TargetLine,
  targetFigures,
  targetList,
} from '../../campaign/index.ts'
import { ratesOn } from '../../indicator/index.ts'
import { directoryOf } from '../../organisation/index.ts'
import { allSchemes, NATIONAL } from '../../scheme/index.ts'
import { must } from './campaign-asked.ts'
import { SeenField, seenVersion } from './campaign-meanwhile.tsx'
import { campaignHref, exactly, LightTag, ratioOf } from './campaign-parts.tsx'
import { readPercent } from './campaign-target-grid.tsx'
import { aimName, levelOf, TARGETS, whose } from './campaign-target-words.ts'
import { campaignTexts as texts } from './campaign-texts.ts'

export const mayChange = (c: Web): boolean => c.get('app').access(c.get('province')).canAtRoot(c.get('actor'), 'campaign.targets')

const Lines = ({
  lines,
  caption,
  today,
  edit,
  locale,
}: {
  lines: readonly TargetFigure[]
  caption: string
  today: string
  edit: boolean
  locale: Locale
}) => (
  <Table
    caption={caption}
    dense
    locale={locale}
    rows={lines}
    columns={[
      {
        key: 'aim',
        label: t(locale, texts.aim),
        header: true,
        cell: ({ line: { target } }) => (
          <a class="govuk-link govuk-link--no-visited-state" href={`${TARGETS}/${target.id}`}>
            {aimName(target, today, locale)}
          </a>
        ),
      },
      {
        key: 'whom',
        label: t(locale, texts.forWhom),
        phone: 'half',
        cell: ({ line }) => (
          <>
            {whose(line, locale)}
            {line.orphaned && (
              <p class="govuk-body-s">
                <Tag tone="waiting">{t(locale, texts.over)}</Tag>{' '}
                {line.orphaned.without.length > 0
                  ? t(locale, texts.orphaned, {
                      day: formatDay(line.orphaned.lastDay),
                      names: line.orphaned.without.map(({ name }) => name).join(', '),
                    })
                  : t(locale, texts.orphanedNone, { day: formatDay(line.orphaned.lastDay) })}
              </p>
            )}
          </>
        ),
      },
      {
        key: 'value',
        label: t(locale, texts.value),
        numeric: true,
        nowrap: true,
        phone: 'keep',
        cell: ({ line }) => levelOf(line.target, locale),
      },
      ...(lines.some(({ figure }) => figure)
        ? [
            {
              key: 'now',
              label: t(locale, texts.now),
              phone: 'half' as const,
              cell: ({ line, figure }: TargetFigure) =>
                figure ? (
                  <>
                    <span class="cs-nowrap">{exactly(ratioOf(figure.share), locale)}</span>{' '}
                    <LightTag aim={figure} over={false} locale={locale} />
                  </>
                ) : line.target.aim.kind === 'score' ? (
                  <a class="govuk-link" href={`${TARGETS}/${line.target.id}`}>
                    {t(locale, texts.seeScore)}
                  </a>
                ) : (
                  '–'
                ),
            },
          ]
        : []),
      {
        key: 'days',
        label: t(locale, texts.days),
        cell: ({ line: { target } }) =>
          `${formatDay(target.from)} – ${target.to === NO_END ? t(locale, texts.noEnd) : formatDay(target.to)}`,
      },
      {
        key: 'source',
        label: t(locale, texts.source),
        cell: ({ line: { target } }) => (
          <>
            {target.source}{' '}
            {target.campaignId ? (
              <a class="govuk-link" href={campaignHref(target.campaignId)}>
                {t(locale, texts.ofCampaign)}
              </a>
            ) : (
              target.certainty === 'threshold' && <Tag>{t(locale, texts.threshold)}</Tag>
            )}
          </>
        ),
      },
      ...(edit
        ? [
            {
              key: 'end',
              label: t(locale, texts.end),
              labelHidden: true,
              nowrap: true,
              cell: ({ line: { target } }: TargetFigure) =>
                target.to >= today ? (
                  <a class="govuk-link" href={`${TARGETS}/${target.id}/ket-thuc`}>
                    {t(locale, texts.end)}
                    <span class="govuk-visually-hidden">: {aimName(target, today, locale)}</span>
                  </a>
                ) : (
                  '–'
                ),
            },
          ]
        : []),
    ]}
  />
)

/** GET /dieu-hanh/chi-tieu: every target, in force first, and for the reform office a form to set one. */
export async function targetsPage(c: Web, sent?: { values: URLSearchParams; refusal: Refusal }): Promise<Response> {
  const locale = c.get('locale')
  const app = c.get('app')
  const today = dayOf(app.clock())
  const lines = await targetFigures(app, c.get('province'))
  const edit = mayChange(c)
  const error = errorsBy(locale, sent?.refusal.fields)
  if (sent) c.status(sent.refusal.status)
  const of = (state: TargetLine['state']) => lines.filter(({ line }) => line.state === state)
  return page(
    c,
    { ...frame(c, 'board'), title: texts.targetTitle, wide: true, hasErrors: sent !== undefined },
    <>
      {sent && <ErrorSummary errors={sent.refusal.fields ?? []} message={sent.refusal.message} locale={locale} />}
      {c.req.query('xong') && (
        <NotificationBanner kind="success" locale={locale}>
          {t(locale, texts.saved)}
        </NotificationBanner>
      )}
      <h1 class="govuk-heading-l">{t(locale, texts.targetTitle)}</h1>
      <p class="govuk-body">{t(locale, texts.targetLead)}</p>
      {edit && (
        <AddForm
          c={c}
          {...(await choices(c))}
          error={error}
          typed={sent ? Object.fromEntries(sent.values) : {}}
          open={sent !== undefined}
        />
      )}
      {(['in-force', 'ahead', 'over'] as const)
        .filter((state) => of(state).length > 0)
        .map((state) => (
          <Lines
            lines={of(state)}
            caption={t(locale, state === 'in-force' ? texts.inForce : state === 'ahead' ? texts.notYet : texts.past, {
              count: of(state).length,
            })}
            today={today}
            edit={edit}
            locale={locale}
          />
        ))}
    </>,
  )
}

interface Choices {
  readonly aims: readonly { value: string; label: string }[]
  readonly units: readonly { value: string; label: string }[]
}

async function choices(c: Web): Promise<Choices> {
  const locale = c.get('locale')
  const app = c.get('app')
  const today = dayOf(app.clock())
  const directory = await directoryOf(app, c.get('province'))
  const schemes = await app.db.read(c.get('province'), allSchemes)
  const codes = [...new Set([NATIONAL, ...schemes.map(({ code }) => code)])]
  return {
    aims: [
      ...ratesOn(today).map(({ code, name }) => ({ value: `rate:${code}`, label: t(locale, name) })),
      ...codes.map((code) => ({ value: `score:${code}`, label: t(locale, texts.indexScore, { name: code }) })),
    ],
    units: directory.list(today).map(({ code, shortName }) => ({ value: code, label: shortName })),
  }
}

const AddForm = (
  props: Choices & { c: Web; error: (path: string) => string | undefined; typed: Readonly<Record<string, string>>; open: boolean },
) => {
  const { c, error, typed } = props
  const locale = c.get('locale')
  const tiers = (['province', 'district', 'commune'] as const).map((value) => ({ value, label: t(locale, texts[value]) }))
  return (
    <Details summary={t(locale, texts.add)} open={props.open}>
      <Form csrfToken={c.get('csrf')} requestId={randomUUID()}>
        <Select name="aim" label={t(locale, texts.aim)} options={[...props.aims]} value={typed.aim} error={error('aim')} />
        <Radios
          name="scope"
          label={t(locale, texts.forWhom)}
          value={typed.scope ?? 'tier'}
          error={error('scope')}
          options={[
            { value: 'all', label: t(locale, texts.all) },
            { value: 'tier', label: t(locale, texts.oneTier) },
            { value: 'unit', label: t(locale, texts.oneUnit) },
          ]}
        />
        <Select
          name="tier"
          label={t(locale, texts.tier)}
          options={tiers}
          value={typed.tier ?? 'commune'}
          error={error('tier')}
          optional
          empty={false}
        />
        <Select
          name="unitCode"
          label={t(locale, texts.unitCode)}
          options={[...props.units]}
          value={typed.unitCode}
          error={error('unitCode')}
          optional
        />
        <Radios
          name="comparator"
          label={t(locale, texts.comparator)}
          inline
          value={typed.comparator ?? 'at_least'}
          options={[
            { value: 'at_least', label: t(locale, texts.at_least) },
            { value: 'at_most', label: t(locale, texts.at_most) },
          ]}
        />
        <TextInput
          name="value"
          label={t(locale, texts.value)}
          hint={t(locale, texts.valueHint)}
          inputmode="decimal"
          width={5}
          value={typed.value}
          error={error('value')}
        />
        <DateInput name="begins" label={t(locale, texts.from)} value={typedDate(typed, 'begins')} error={error('begins')} locale={locale} />
        <DateInput
          name="ends"
          label={t(locale, texts.to)}
          hint={t(locale, texts.toHint)}
          value={typedDate(typed, 'ends')}
          error={error('ends')}
          optional
          locale={locale}
        />
        <TextInput
          name="source"
          label={t(locale, texts.source)}
          hint={t(locale, texts.decisionHint)}
          value={typed.source}
          error={error('source')}
        />
        <Button>{t(locale, texts.add)}</Button>
      </Form>
    </Details>
  )
}

/** POST /dieu-hanh/chi-tieu. */
export async function setTarget(c: Web): Promise<Response> {
  const form = await readForm(c)
  const values = formObject(form.values)
  const [aimKind, aimCode] = String(values.aim ?? '').split(/:(.*)/s)
  const typed = String(values.value ?? '')
  const value = aimKind === 'score' ? Number(typed.replace(',', '.')) : readPercent(typed)
  const ends = readDate(values, 'ends')
  const parsed = parse(addTargetInput, {
    ...values,
    aimKind: aimKind === '' ? undefined : aimKind,
    aimCode,
    value: value ?? Number.NaN,
    begins: readDate(values, 'begins') ?? '',
    ends: ends === null ? 'x' : (ends ?? ''),
  })
  if (!parsed.ok) {
    const fields = (parsed.error.fields ?? []).map((field) => (field.path.startsWith('aim') ? { ...field, path: 'aim' } : field))
    return targetsPage(c, { values: form.values, refusal: withFields(refusals.invalid, fields) })
  }
  const done = await runFor(c, form.values, 'target.set', (cx) => addTarget(cx, parsed.value))
  if (!done.ok) return targetsPage(c, { values: form.values, refusal: done.error })
  return c.redirect(`${TARGETS}?xong=1`, 303)
}

async function lineOf(c: Web): Promise<TargetLine> {
  const line = (await targetList(c.get('app'), c.get('province'))).find(({ target }) => target.id === c.req.param('id'))
  if (!line) throw new Refused(refusals.notFound)
  return line
}

const lastDayText = ({ to, endedBy }: TargetLine['target'], locale: Locale): string =>
  endedBy === null ? formatDay(to) : t(locale, texts.lastDayBy, { day: formatDay(to), who: endedBy })

/** GET /dieu-hanh/chi-tieu/:id/ket-thuc: asks for the last day. */
export async function endPage(c: Web, sent?: { values: URLSearchParams; refusal: Refusal }): Promise<Response> {
  const locale = c.get('locale')
  const line = await lineOf(c)
  const today = dayOf(c.get('app').clock())
  const error = errorsBy(locale, sent?.refusal.fields)
  if (sent) c.status(sent.refusal.status)
  const typed = sent ? Object.fromEntries(sent.values) : {}
  return page(
    c,
    { ...frame(c, 'board'), title: texts.end, hasErrors: sent !== undefined, back: { href: TARGETS, text: texts.targetTitle } },
    <>
      {sent && <ErrorSummary errors={sent.refusal.fields ?? []} message={sent.refusal.message} locale={locale} />}
      <h1 class="govuk-heading-l">{t(locale, texts.end)}</h1>
      <SummaryList
        locale={locale}
        rows={[
          { key: t(locale, texts.aim), value: aimName(line.target, today, locale) },
          { key: t(locale, texts.forWhom), value: whose(line, locale) },
          { key: t(locale, texts.value), value: levelOf(line.target, locale) },
          { key: t(locale, texts.source), value: line.target.source },
          ...(line.target.to === NO_END ? [] : [{ key: t(locale, texts.lastDayNow), value: lastDayText(line.target, locale) }]),
        ]}
      />
      <Form csrfToken={c.get('csrf')} requestId={randomUUID()}>
        <SeenField version={line.target.version} sent={sent} />
        <DateInput
          name="ends"
          label={t(locale, texts.endDay)}
          value={sent ? typedDate(typed, 'ends') : today}
          error={error('ends')}
          locale={locale}
        />
        <Button look="warning">{t(locale, texts.end)}</Button>
      </Form>
    </>,
  )
}

/** POST /dieu-hanh/chi-tieu/:id/ket-thuc. */
export async function endOne(c: Web): Promise<Response> {
  const { target } = await lineOf(c)
  const form = await readForm(c)
  const parsed = parse(endTargetInput, { ends: readDate(formObject(form.values), 'ends') ?? '' })
  if (!parsed.ok) return endPage(c, { values: form.values, refusal: parsed.error })
  const done = await runFor(c, form.values, 'target.end', (cx) =>
    endTarget(cx, { targetId: target.id, version: seenVersion(form.values), ends: parsed.value.ends }),
  )
  if (!done.ok && (done.error.fields || done.error.code === CHANGED_MEANWHILE))
    return endPage(c, { values: form.values, refusal: done.error })
  must(done)
  return c.redirect(`${TARGETS}?xong=1`, 303)
}
