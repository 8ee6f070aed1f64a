import { randomUUID } from 'node:crypto'
import { dayOf } from '../../../kernel/clock.ts'
import { type Refusal, refusals, withFields } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { readForm } from '../../../kernel/http/form.ts'
import { runFor } from '../../../kernel/http/run-for.ts'
import { type Text, t } from '../../../kernel/i18n/index.ts'
import { readJsonText, sentencesOf } from '../../../kernel/json-text.ts'
import { frame } from '../../../ui/frame.ts'
import {
  Button,
  ErrorSummary,
  errorsBy,
  FileInput,
  Form,
  formatDay,
  formatNumber,
  LinkButton,
  NotificationBanner,
  page,
  Table,
  Tag,
  TextArea,
} from '../../../ui/index.ts'
import { NATIONAL, publishSchemeFile, schemeFile, schemeFileInput, thresholdText, versionOn, writtenVersion } from '../../scheme/index.ts'
import { schemeTexts as texts } from '../scheme-texts.ts'
import { getScheme, isNational, SCHEMES as PATH, schemesOf } from './scheme-start.ts'

const sure = { confirmed: texts.confirmed, recalled: texts.recalled, unsure: texts.unsure, provincial: texts.decided } as const
const tones = { confirmed: 'good', recalled: 'waiting', unsure: 'waiting', provincial: 'info' } as const

async function listPage(c: Web, sent?: { values: URLSearchParams; refusal: Refusal }): Promise<Response> {
  const locale = c.get('locale')
  const schemes = await schemesOf(c)
  const error = errorsBy(locale, sent?.refusal.fields)
  if (sent) c.status(sent.refusal.status)
  return page(
    c,
    { ...frame(c, 'admin'), title: texts.title, wide: true, hasErrors: sent !== undefined },
    <>
      {sent && <ErrorSummary errors={sent.refusal.fields ?? []} message={sent.refusal.message} locale={locale} />}
      <h1 class="govuk-heading-l">{t(locale, texts.title)}</h1>
      <p class="govuk-body">{t(locale, texts.lead)}</p>
      <Table
        caption={t(locale, texts.title)}
        captionHidden
        locale={locale}
        rows={schemes}
        columns={[
          {
            key: 'name',
            label: t(locale, texts.name),
            header: true,
            cell: (row) => (
              <a class="govuk-link" href={`${PATH}/${row.code}`}>
                {t(locale, row.name)}
              </a>
            ),
          },
          { key: 'code', label: t(locale, texts.code), nowrap: true, cell: (row) => row.code },
          { key: 'basis', label: t(locale, texts.basis), cell: (row) => row.basis },
          {
            key: 'versions',
            label: t(locale, texts.versions),
            cell: (row) =>
              [...row.versions]
                .map(({ validFrom }) => validFrom)
                .sort()
                .map((day) => t(locale, texts.from, { day: formatDay(day) }).toLowerCase())
                .join(', '),
          },
          {
            key: 'whose',
            label: t(locale, texts.whose),
            cell: (row) => (
              <Tag tone={isNational(row.code) ? 'neutral' : 'info'}>
                {t(locale, isNational(row.code) ? texts.national : texts.provincial)}
              </Tag>
            ),
          },
        ]}
      />
      {schemes.length > 1 && (
        <p class="govuk-body">
          <a class="govuk-link" href="/dieu-hanh/chi-so/hai-bo">
            {t(locale, texts.compare)}
          </a>
        </p>
      )}
      <LinkButton href={`${PATH}/soan?tu=${NATIONAL}`}>{t(locale, texts.copy)}</LinkButton>
      <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={`${PATH}/nap`} files>
        <h2 class="govuk-heading-m">{t(locale, texts.importTitle)}</h2>
        <p class="govuk-body">{t(locale, texts.importLead)}</p>
        <FileInput
          name="tep"
          label={t(locale, texts.importFile)}
          accept=".json,application/json"
          maxBytes={1024 * 1024}
          error={error('tep')}
          locale={locale}
        />
        <TextArea
          name="json"
          label={t(locale, texts.importHint)}
          rows={4}
          value={sent?.values.get('json') ?? ''}
          error={error('json')}
          locale={locale}
        />
        <Button look="secondary">{t(locale, texts.import)}</Button>
      </Form>
    </>,
  )
}

/** GET /quan-tri/bo-chi-so: every scheme, the national ones to be read. */
export const schemesPage = (c: Web): Promise<Response> => listPage(c)

/** GET /quan-tri/bo-chi-so/:code: a scheme with its indicators as they stand today, or on another version's day. */
export async function schemePage(c: Web): Promise<Response> {
  const locale = c.get('locale')
  const scheme = await getScheme(c, c.req.param('code'))
  const today = dayOf(c.get('app').clock())
  const version = scheme.versions.find(({ validFrom }) => validFrom === c.req.query('ban')) ?? versionOn(scheme, today).version
  const loaded = c.req.query('nap')
  const replaced = (c.req.query('thay') ?? '').split(',').filter((day) => scheme.versions.some(({ validFrom }) => validFrom === day))
  return page(
    c,
    { ...frame(c, 'admin'), title: scheme.name, wide: true, back: { href: PATH, text: texts.title } },
    <>
      {c.req.query('xong') && (
        <NotificationBanner kind="success" locale={locale}>
          {loaded && /^\d+$/.test(loaded)
            ? [
                t(locale, texts.importedAll, { n: Number(loaded), same: Number(c.req.query('cu')) || 0 }),
                ...(replaced.length > 0 ? [t(locale, texts.importedReplaced, { days: replaced.map(formatDay).join(', ') })] : []),
              ].join(' ')
            : t(locale, texts.published)}
        </NotificationBanner>
      )}
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">{scheme.basis}</span>
        {t(locale, scheme.name)}
      </h1>
      <p class="govuk-body">
        {[...scheme.versions]
          .sort((a, b) => a.validFrom.localeCompare(b.validFrom))
          .map((one, i) => {
            const text = t(locale, texts.from, { day: formatDay(one.validFrom) })
            const href = `${PATH}/${scheme.code}?ban=${one.validFrom}`
            return (
              <>
                {i > 0 && ' · '}
                {one.validFrom === version.validFrom ? (
                  <strong>{text}</strong>
                ) : (
                  <a class="govuk-link" href={href}>
                    {text}
                  </a>
                )}
              </>
            )
          })}
        . {t(locale, version.change)} <Tag tone={tones[version.certainty]}>{t(locale, sure[version.certainty])}</Tag>
      </p>
      <div class="govuk-button-group">
        <LinkButton href={`${PATH}/soan?tu=${scheme.code}&ban=${version.validFrom}`}>
          {t(locale, isNational(scheme.code) ? texts.copy : texts.change)}
        </LinkButton>
        <LinkButton look="secondary" href={`${PATH}/${scheme.code}/json`}>
          {t(locale, texts.export)}
        </LinkButton>
        {!isNational(scheme.code) && (
          <LinkButton look="secondary" href={`/dieu-hanh/chi-so/hai-bo?bo=${NATIONAL}&voi-bo=${scheme.code}`}>
            {t(locale, texts.compare)}
          </LinkButton>
        )}
      </div>
      <Table
        caption={t(locale, texts.indicators)}
        locale={locale}
        dense
        rows={version.indicators}
        columns={[
          { key: 'name', label: t(locale, texts.indicator), header: true, cell: (one) => `${one.id} ${t(locale, one.name)}` },
          { key: 'max', label: t(locale, texts.max), numeric: true, cell: (one) => formatNumber(one.max, locale, one.max % 1 ? 2 : 0) },
          {
            key: 'rule',
            label: t(locale, texts.rule),
            cell: (one) => {
              const threshold = thresholdText(one.rule)
              return `${t(locale, texts[one.rule.kind])}${threshold ? ` (${threshold} %)` : ''}`
            },
          },
          { key: 'zero', label: t(locale, texts.zero), cell: (one) => t(locale, texts[one.zero]) },
          { key: 'levels', label: t(locale, texts.levels), cell: (one) => one.levels.map((level) => t(locale, texts[level])).join(', ') },
          { key: 'basis', label: t(locale, texts.basis), cell: (one) => one.basis },
          {
            key: 'certainty',
            label: t(locale, texts.certainty),
            cell: (one) => <Tag tone={tones[one.certainty]}>{t(locale, sure[one.certainty])}</Tag>,
          },
        ]}
      />
    </>,
  )
}

/** GET /quan-tri/bo-chi-so/:code/json: the scheme as a file that another province can load. */
export async function schemeJson(c: Web): Promise<Response> {
  const scheme = await getScheme(c, c.req.param('code'))
  c.header('content-disposition', `attachment; filename="bo-chi-so-${scheme.code}.json"`)
  c.header('content-type', 'application/json; charset=utf-8')
  return c.body(`${JSON.stringify(schemeFile(scheme, writtenVersion), null, 1)}\n`)
}

/** POST /quan-tri/bo-chi-so/nap: loads a scheme's file, chosen or pasted: every version of it that is not there yet, or none. */
export async function postSchemeJson(c: Web): Promise<Response> {
  const { values, refused } = await readForm(c, { asText: ['tep'] })
  const file = values.get('tep')
  if (file) values.set('json', file)
  const wrong = (messages: readonly Text[], path = 'json') =>
    listPage(c, {
      values,
      refusal: withFields(
        refusals.invalid,
        messages.map((message) => ({ path, message })),
      ),
    })
  const unread = refused.get('tep')
  if (unread) return wrong([unread.message], 'tep')
  const text = values.get('json') ?? ''
  if (text.trim() === '') return wrong([texts.importMissing], 'tep')
  const read = readJsonText(text)
  if (!read.ok) {
    const { line, column } = read.place
    return wrong([{ vi: `Dòng ${line}, cột ${column}: ${read.message.vi}`, en: `Line ${line}, column ${column}: ${read.message.en}` }])
  }
  const scheme = schemeFileInput.safeParse(read.value, { reportInput: true })
  if (!scheme.success) return wrong(sentencesOf(read, scheme.error.issues))
  const done = await runFor(c, values, 'index.publish-scheme-file', (cx) => publishSchemeFile(cx, scheme.data))
  if (!done.ok) return wrong([done.error.message])
  const { code, published, replaced, unchanged } = done.value
  const over = replaced.length > 0 ? `&thay=${replaced.join(',')}` : ''
  return c.redirect(`${PATH}/${code}?xong=1&nap=${published.length}&cu=${unchanged}${over}`, 303)
}
