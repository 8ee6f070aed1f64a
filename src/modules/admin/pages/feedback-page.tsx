import { randomUUID } from 'node:crypto'
import { dayOf } from '../../../kernel/clock.ts'
import { type Refusal, refusals, withFields } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { formObject, parse, readForm } from '../../../kernel/http/form.ts'
import { runFor } from '../../../kernel/http/run-for.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import {
  Button,
  DateInput,
  ErrorSummary,
  errorsBy,
  Form,
  formatDay,
  formatInstant,
  NotificationBanner,
  page,
  readDate,
  Table,
  Tag,
  TextInput,
  typedDate,
} from '../../../ui/index.ts'
import { kindTexts, limitInput, setLimit, settingsView } from '../../feedback/index.ts'

const texts = {
  title: { vi: 'Phản ánh và đánh giá', en: 'Petitions and ratings' },
  lead: {
    vi: 'Những gì luật có thể đổi là dữ liệu có ngày: mỗi bản có hiệu lực từ ngày của nó. Hồ sơ và phản ánh cũ giữ bản lúc đó.',
    en: 'What the law can change is dated data: each version holds from its day. Older dossiers and petitions keep theirs.',
  },
  limits: { vi: 'Thời hạn xử lý phản ánh (ngày làm việc)', en: 'Limits of petitions (working days)' },
  from: { vi: 'Từ ngày', en: 'From' },
  refuse: { vi: 'Từ chối', en: 'Refuse' },
  ask: { vi: 'Hỏi thêm', en: 'Ask' },
  resolve: { vi: 'Trả lời', en: 'Resolve' },
  publish: { vi: 'Công khai', en: 'Publish' },
  basis: { vi: 'Căn cứ', en: 'Basis' },
  recalled: { vi: 'chưa đối chiếu văn bản', en: 'not checked against the text' },
  official: { vi: 'theo văn bản', en: 'read in the text' },
  local: { vi: 'Thời hạn trả lời của tỉnh', en: 'The province’s own time to resolve' },
  localLead: {
    vi: 'Tỉnh có thể hẹn sớm hơn cả nước. Phản ánh đã gửi giữ lời hẹn cũ; chỉ số quốc gia vẫn tính theo thời hạn chung.',
    en: 'A province may promise less time. Petitions already sent keep their promise; the national index goes on with its own limit.',
  },
  none: { vi: 'Tỉnh chưa đặt thời hạn riêng.', en: 'The province has set none of its own.' },
  setBy: { vi: 'Người đặt', en: 'Set by' },
  add: { vi: 'Đặt thời hạn của tỉnh', en: 'Set the province’s limit' },
  days: { vi: 'Số ngày làm việc', en: 'Working days' },
  save: { vi: 'Lưu', en: 'Save' },
  saved: { vi: 'Đã lưu thời hạn của tỉnh.', en: 'The limit was saved.' },
  classes: { vi: 'Phân loại phản ánh', en: 'Classes of petitions' },
  class: { vi: 'Loại', en: 'Class' },
  about: { vi: 'Nhóm', en: 'About' },
  survey: { vi: 'Tiêu chí đánh giá', en: 'Survey criteria' },
  criterion: { vi: 'Tiêu chí', en: 'Criterion' },
  answers: { vi: 'Câu trả lời (điểm)', en: 'Answers (points)' },
  bands: { vi: 'Xếp loại theo tổng điểm', en: 'Bands by the sum' },
  wrongDay: { vi: 'Nhập ngày đúng.', en: 'Enter a real day.' },
}

async function show(c: Web, sent?: { values: URLSearchParams; refusal: Refusal }): Promise<Response> {
  const locale = c.get('locale')
  const app = c.get('app')
  const actor = c.get('actor')
  const { limits, classes, surveys, local } = await settingsView(app, { province: c.get('province'), actor })
  const error = errorsBy(locale, sent?.refusal.fields)
  if (sent) c.status(sent.refusal.status)
  const sure = (certainty: string) => (
    <Tag tone={certainty === 'official' ? 'good' : 'waiting'}>{t(locale, certainty === 'official' ? texts.official : texts.recalled)}</Tag>
  )
  return page(
    c,
    { ...frame(c, 'admin'), title: texts.title, hasErrors: sent !== undefined },
    <>
      {sent && <ErrorSummary errors={sent.refusal.fields ?? []} message={sent.refusal.message} locale={locale} />}
      {c.req.query('xong') && (
        <NotificationBanner kind="success" locale={locale}>
          {t(locale, texts.saved)}
        </NotificationBanner>
      )}
      <h1 class="govuk-heading-l">{t(locale, texts.title)}</h1>
      <p class="govuk-body">{t(locale, texts.lead)}</p>
      <Table
        caption={t(locale, texts.limits)}
        locale={locale}
        rows={[...limits].reverse()}
        columns={[
          { key: 'from', label: t(locale, texts.from), header: true, cell: (row) => formatDay(row.validFrom) },
          { key: 'refuse', label: t(locale, texts.refuse), numeric: true, cell: (row) => row.refuse },
          { key: 'ask', label: t(locale, texts.ask), numeric: true, cell: (row) => row.ask },
          { key: 'resolve', label: t(locale, texts.resolve), numeric: true, cell: (row) => row.resolve },
          { key: 'publish', label: t(locale, texts.publish), numeric: true, cell: (row) => row.publish },
          {
            key: 'basis',
            label: t(locale, texts.basis),
            cell: (row) => (
              <>
                {row.basis} {sure(row.certainty)}
              </>
            ),
          },
        ]}
      />
      <h2 class="govuk-heading-m">{t(locale, texts.local)}</h2>
      <p class="govuk-body">{t(locale, texts.localLead)}</p>
      <Table
        caption={t(locale, texts.local)}
        captionHidden
        locale={locale}
        rows={[...local].reverse()}
        empty={<p class="govuk-body cs-muted">{t(locale, texts.none)}</p>}
        columns={[
          { key: 'from', label: t(locale, texts.from), header: true, cell: (row) => formatDay(row.validFrom) },
          { key: 'days', label: t(locale, texts.days), numeric: true, cell: (row) => row.resolveDays },
          { key: 'basis', label: t(locale, texts.basis), cell: (row) => row.basis },
          { key: 'by', label: t(locale, texts.setBy), cell: (row) => `${row.setBy}, ${formatInstant(row.setAt)}` },
        ]}
      />
      {app.access(c.get('province')).canAtRoot(actor, 'feedback.settings') && (
        <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action="/quan-tri/phan-anh">
          <h3 class="govuk-heading-s">{t(locale, texts.add)}</h3>
          <DateInput
            name="validFrom"
            label={t(locale, texts.from)}
            value={sent ? typedDate(formObject(sent.values), 'validFrom') : dayOf(app.clock())}
            error={error('validFrom')}
            locale={locale}
          />
          <TextInput
            name="resolveDays"
            label={t(locale, texts.days)}
            inputmode="numeric"
            width={3}
            value={sent?.values.get('resolveDays') ?? ''}
            error={error('resolveDays')}
            locale={locale}
          />
          <TextInput
            name="basis"
            label={t(locale, texts.basis)}
            value={sent?.values.get('basis') ?? ''}
            error={error('basis')}
            maxlength={300}
            locale={locale}
          />
          <Button>{t(locale, texts.save)}</Button>
        </Form>
      )}
      {[...classes].reverse().map((version) => (
        <>
          <h2 class="govuk-heading-m">
            {t(locale, texts.classes)}, {t(locale, texts.from).toLowerCase()} {formatDay(version.validFrom)}
          </h2>
          <p class="govuk-body-s">
            {version.basis} {sure(version.certainty)}
          </p>
          <Table
            caption={t(locale, texts.classes)}
            captionHidden
            dense
            locale={locale}
            rows={version.classes}
            columns={[
              { key: 'name', label: t(locale, texts.class), header: true, cell: (row) => t(locale, row.name) },
              { key: 'kind', label: t(locale, texts.about), cell: (row) => t(locale, kindTexts[row.kind]) },
            ]}
          />
        </>
      ))}
      {[...surveys].reverse().map((version) => (
        <>
          <h2 class="govuk-heading-m">
            {t(locale, texts.survey)}, {t(locale, texts.from).toLowerCase()} {formatDay(version.validFrom)}
          </h2>
          <p class="govuk-body-s">
            {version.basis} {sure(version.certainty)}
          </p>
          <Table
            caption={t(locale, texts.survey)}
            captionHidden
            dense
            locale={locale}
            rows={version.criteria}
            columns={[
              { key: 'question', label: t(locale, texts.criterion), header: true, cell: (row) => t(locale, row.question) },
              {
                key: 'answers',
                label: t(locale, texts.answers),
                cell: (row) => row.answers.map(({ text, points }) => `${t(locale, text)} (${points})`).join(' · '),
              },
            ]}
          />
          <p class="govuk-body-s">
            {t(locale, texts.bands)}: {version.bands.map(({ from, name }) => `${t(locale, name)} ≥ ${from}`).join(', ')}
          </p>
        </>
      ))}
    </>,
  )
}

/** GET /quan-tri/phan-anh: criteria, classes and limits by date; the province's own limit. */
export const feedbackSettingsPage = (c: Web): Promise<Response> => show(c)

/** POST /quan-tri/phan-anh: the province's own time to resolve, from a day on. */
export async function saveLimit(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const day = readDate(formObject(values), 'validFrom')
  if (!day) return show(c, { values, refusal: withFields(refusals.invalid, [{ path: 'validFrom', message: texts.wrongDay }]) })
  const input = parse(limitInput, { validFrom: day, resolveDays: values.get('resolveDays') ?? '', basis: values.get('basis') ?? '' })
  if (!input.ok) return show(c, { values, refusal: input.error })
  const done = await runFor(c, values, 'petition-limit.set', (cx) => setLimit(cx, input.value))
  return done.ok ? c.redirect('/quan-tri/phan-anh?xong=1', 303) : show(c, { values, refusal: done.error })
}
