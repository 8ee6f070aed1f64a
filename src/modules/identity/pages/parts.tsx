import { dayOf } from '../../../kernel/clock.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { roleNames } from '../../../ui/frame.ts'
import { type Column, formatDay, Tag } from '../../../ui/index.ts'
import { directoryOf, type OrganisationDirectory } from '../../organisation/index.ts'
import type { GrantRow } from '../store/grants.ts'
import { texts } from '../texts.ts'

export const today = (c: Web): string => dayOf(c.get('app').clock())

export const directory = (c: Web): Promise<OrganisationDirectory> => directoryOf(c.get('app'), c.get('province'))

/** "UBND tỉnh Cà Mau và các đơn vị trực thuộc". */
export function placeName(
  locale: Locale,
  units: OrganisationDirectory,
  day: string,
  grant: { agencyCode: string; subtree: boolean },
): string {
  const unit = units.name(grant.agencyCode, day)
  return grant.subtree ? t(locale, texts.andBelow, { unit }) : unit
}

export const periodText = (locale: Locale, grant: { validFrom: string; validTo: string | null }): string =>
  grant.validTo === null
    ? t(locale, texts.fromDay, { from: formatDay(grant.validFrom) })
    : t(locale, texts.fromTo, { from: formatDay(grant.validFrom), to: formatDay(grant.validTo) })

/** Columns of a table of roles held. */
export const grantColumns = (locale: Locale, units: OrganisationDirectory, day: string): Column<GrantRow>[] => [
  {
    key: 'role',
    label: t(locale, texts.role),
    header: true,
    cell: (grant) => (
      <>
        {t(locale, roleNames[grant.role])} {grant.delegatedFrom && <Tag tone="info">{t(locale, texts.delegated)}</Tag>}
      </>
    ),
  },
  { key: 'unit', label: t(locale, texts.unit), cell: (grant) => placeName(locale, units, day, grant) },
  { key: 'period', label: t(locale, texts.period), cell: (grant) => periodText(locale, grant) },
]

/** Agencies of today for a list to choose from, in tree order. */
export const unitOptions = (units: OrganisationDirectory, day: string, only?: readonly string[] | undefined) =>
  units
    .list(day)
    .filter((agency) => only === undefined || only.includes(agency.code))
    .map((agency) => ({ value: agency.code, label: `${agency.shortName} (${agency.code})` }))
