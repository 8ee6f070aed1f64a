import { Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import { EmptyState, formatNumber, page, SubNavigation, Table } from '../../../ui/index.ts'
import { MOST_GROUPS, type WorkGroup, type WorkGrouping, type WorkListFilter, workGroupings, workGroups } from '../../dossier/index.ts'
import { clockWords } from '../rules/clock-words.ts'
import { listAddress } from '../rules/list-address.ts'
import { texts } from '../texts.ts'
import { listTexts } from '../work-list-texts.ts'
import { asker } from './request.ts'

const path = '/mot-cua/tong-hop'
const tabs: Readonly<Record<WorkGrouping, { name: string; text: (typeof listTexts)['byHolder' | 'byUnit' | 'byProcedure'] }>> = {
  holder: { name: 'nguoi-giu', text: listTexts.byHolder },
  unit: { name: 'don-vi', text: listTexts.byUnit },
  procedure: { name: 'thu-tuc', text: listTexts.byProcedure },
}

/** The list of what a line counts. */
const filterOf = (group: WorkGroup, by: WorkGrouping): WorkListFilter => ({
  scope: 'all',
  ...(by === 'procedure' ? { procedureCode: group.procedureCode ?? undefined } : { agencyCode: group.agencyCode ?? undefined }),
  ...(by === 'holder' ? { assignee: group.assigneeId ?? 'unheld' } : {}),
})

/** GET /mot-cua/tong-hop: who holds how much that is overdue, and what comes next; by unit and by procedure likewise. */
export async function workGroupsPage(c: Web): Promise<Response> {
  const [app, locale] = [c.get('app'), c.get('locale')]
  const by = workGroupings.find((one) => tabs[one].name === c.req.query('theo')) ?? 'holder'
  const found = await workGroups(app, asker(c), by)
  if (!found.ok) throw new Refused(found.error)
  const now = app.clock().epochMilliseconds
  const late = (group: WorkGroup): string => {
    if (group.oldestDueAt === null) return ''
    const words = clockWords({ clock: 'overdue', receivedAt: null, submittedAt: group.oldestDueAt, dueAt: group.oldestDueAt }, now)
    return t(locale, words.text)
  }
  const figure = (n: number, group: WorkGroup, more: WorkListFilter) =>
    n === 0 ? (
      '0'
    ) : (
      <a class="govuk-link" href={listAddress({ ...filterOf(group, by), ...more })}>
        {formatNumber(n, locale)}
      </a>
    )
  const nameOf = (group: WorkGroup) =>
    by === 'procedure' ? (
      group.procedureName
    ) : by === 'unit' ? (
      group.agencyName
    ) : (
      <>
        {group.assigneeName ?? t(locale, listTexts.nobody)}
        <br />
        <span class="govuk-body-s cs-muted">{group.agencyName}</span>
      </>
    )
  return page(
    c,
    { ...frame(c, 'office'), title: listTexts.groupsTitle, wide: true, back: { href: '/mot-cua', text: listTexts.back } },
    <>
      <h1 class="govuk-heading-l">{t(locale, listTexts.groupsTitle)}</h1>
      <SubNavigation
        label={t(locale, listTexts.groups)}
        tabs={workGroupings.map((one) => ({
          text: t(locale, tabs[one].text),
          href: `${path}?theo=${tabs[one].name}`,
          current: one === by,
        }))}
      />
      {found.value.length >= MOST_GROUPS && (
        <p class="govuk-body">{t(locale, listTexts.onlyFirst, { n: formatNumber(MOST_GROUPS, locale) })}</p>
      )}
      <Table
        caption={t(locale, tabs[by].text)}
        captionHidden
        dense
        keys
        locale={locale}
        rows={found.value}
        rowHref={(group) => listAddress(filterOf(group, by))}
        empty={<EmptyState title={t(locale, listTexts.noGroups)} />}
        columns={[
          { key: 'name', label: t(locale, by === 'procedure' ? texts.procedure : texts.holder), header: true, cell: nameOf },
          {
            key: 'overdue',
            label: t(locale, listTexts.overdueCount),
            numeric: true,
            cell: (group) => figure(group.overdue, group, { clock: 'overdue' }),
          },
          { key: 'oldest', label: t(locale, listTexts.oldest), cell: late },
          {
            key: 'today',
            label: t(locale, listTexts.todayCount),
            numeric: true,
            cell: (group) => figure(group.today, group, { clock: 'today' }),
          },
          {
            key: 'soon',
            label: t(locale, listTexts.soonCount),
            numeric: true,
            cell: (group) => figure(group.soon, group, { clock: 'soon' }),
          },
          { key: 'open', label: t(locale, listTexts.openCount), numeric: true, cell: (group) => figure(group.open, group, {}) },
        ]}
      />
    </>,
  )
}
