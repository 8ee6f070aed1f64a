import { Temporal } from 'temporal-polyfill'
import { Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import {
  ClockBar,
  EmptyState,
  FilterChips,
  formatInstant,
  KeyboardHints,
  LinkButton,
  Pagination,
  page,
  SearchBox,
  Table,
  Tag,
  type Tone,
} from '../../../ui/index.ts'
import {
  kindTexts,
  type PetitionRow,
  type PetitionStage,
  type PetitionView,
  petitionList,
  petitionViews,
  stageTexts,
} from '../../feedback/index.ts'
import { texts } from './feedback-texts.ts'

const PAGE = 50

const tones: Readonly<Record<PetitionStage, Tone>> = {
  received: 'accent',
  clarifying: 'waiting',
  processing: 'info',
  signing: 'info',
  publishing: 'info',
  published: 'good',
  answered: 'good',
  refused: 'neutral',
  withdrawn: 'neutral',
}

export const StageTag = ({ stage, locale }: { stage: PetitionStage; locale: Locale }) => (
  <Tag tone={tones[stage]}>{t(locale, stageTexts[stage])}</Tag>
)

/** The clock in words: never colour alone. */
export function PetitionClock({
  clock,
  due,
  used,
  locale,
}: {
  clock: PetitionRow['clock']
  due: string | null
  used?: number
  locale: Locale
}) {
  const when = due === null ? '' : formatInstant(Temporal.Instant.from(due))
  const text =
    clock === 'paused'
      ? t(locale, texts.paused)
      : clock === 'done'
        ? t(locale, texts.finished)
        : t(locale, clock === 'overdue' ? texts.overdueBy : texts.left, { due: when })
  return <ClockBar state={clock} used={used ?? (clock === 'overdue' || clock === 'done' ? 1 : clock === 'soon' ? 0.85 : 0.4)} text={text} />
}

const slugs: Readonly<Record<PetitionView, string>> = {
  open: 'dang-mo',
  mine: 'cua-toi',
  new: 'cho-xem',
  signing: 'cho-ky',
  publishing: 'cho-cong-khai',
  soon: 'sap-den-han',
  overdue: 'qua-han',
  closed: 'da-xong',
}

const hrefOf = (view: PetitionView, q: string, at = 1): string => {
  const query = new URLSearchParams({ ds: slugs[view], ...(q ? { q } : {}), ...(at > 1 ? { trang: String(at) } : {}) })
  return `/mot-cua/phan-anh?${query}`
}

/** GET /mot-cua/phan-anh: petitions within reach, nearest limit first. */
export async function petitionListPage(c: Web): Promise<Response> {
  const locale = c.get('locale')
  const app = c.get('app')
  const province = c.get('province')
  const actor = c.get('actor')
  const q = (c.req.query('q') ?? '').trim().slice(0, 200)
  const view = petitionViews.find((one) => slugs[one] === c.req.query('ds')) ?? 'open'
  const at = Math.min(10_000, Math.max(1, Number.parseInt(c.req.query('trang') ?? '1', 10) || 1))
  const found = await petitionList(app, { province, actor }, { view, q, page: at })
  if (!found.ok) throw new Refused(found.error)
  const { rows, counts, total } = found.value
  return page(
    c,
    { ...frame(c, 'office'), title: texts.petitions, wide: true },
    <>
      <div class="cs-page-head">
        <h1 class="govuk-heading-l">{t(locale, texts.petitions)}</h1>
        {app.access(province).can(actor, 'feedback.record') && (
          <LinkButton href="/phan-anh/gui" look="secondary">
            {t(locale, texts.record)}
          </LinkButton>
        )}
      </div>
      <SearchBox action="/mot-cua/phan-anh" label={t(locale, texts.search)} value={q} keep={{ ds: slugs[view] }} locale={locale} />
      <FilterChips
        label={t(locale, texts.views)}
        locale={locale}
        chips={petitionViews.map((one) => ({
          text: t(locale, texts[one]),
          count: counts[one],
          href: hrefOf(one, q),
          on: one === view,
        }))}
      />
      <Table
        caption={t(locale, texts.petitions)}
        captionHidden
        dense
        keys
        locale={locale}
        rows={rows}
        rowHref={(row) => `/mot-cua/phan-anh/${row.id}`}
        empty={<EmptyState title={t(locale, texts.noneTitle)}>{t(locale, texts.noneNext)}</EmptyState>}
        columns={[
          {
            key: 'petition',
            label: t(locale, texts.column),
            header: true,
            cell: (row) => (
              <>
                <a class="govuk-link cs-nowrap" href={`/mot-cua/phan-anh/${row.id}`}>
                  {row.reference}
                </a>
                <br />
                <span class="govuk-body-s">{row.excerpt}</span>
              </>
            ),
          },
          {
            key: 'kind',
            label: t(locale, texts.kind),
            cell: (row) => (row.kind ? t(locale, kindTexts[row.kind]) : <span class="cs-muted">{t(locale, texts.unclassified)}</span>),
          },
          {
            key: 'stage',
            label: t(locale, texts.stage),
            cell: (row) => (
              <>
                <StageTag stage={row.stage} locale={locale} /> {row.reraised && <Tag tone="bad">{t(locale, texts.reraised)}</Tag>}
              </>
            ),
          },
          { key: 'unit', label: t(locale, texts.unit), cell: (row) => row.agencyName },
          {
            key: 'holder',
            label: t(locale, texts.holder),
            cell: (row) => row.assigneeName ?? <span class="cs-muted">{t(locale, texts.nobody)}</span>,
          },
          {
            key: 'clock',
            label: t(locale, texts.clock),
            cell: (row) => (
              <>
                <PetitionClock clock={row.clock} due={row.dueAt} locale={locale} />
                {row.late && <span class="govuk-body-s cs-muted">{t(locale, texts.late)}</span>}
              </>
            ),
          },
        ]}
      />
      {total > PAGE && <Pagination page={at} pageSize={PAGE} total={total} href={(n) => hrefOf(view, q, n)} locale={locale} />}
      <KeyboardHints
        locale={locale}
        hints={[
          { keys: '/', does: t(locale, texts.search) },
          { keys: 'j k Enter', does: t(locale, texts.petition, { code: '' }) },
        ]}
      />
    </>,
  )
}
