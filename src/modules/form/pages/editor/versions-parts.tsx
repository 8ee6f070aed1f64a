import { type Locale, t } from '../../../../kernel/i18n/index.ts'
import { formatDay, formatNumber, Table, Tag } from '../../../../ui/index.ts'
import type { FormVersion } from '../../queries/edited-forms.ts'
import type { FormChange } from '../../rules/edit/compare.ts'
import { texts } from './texts.ts'
import { formHref } from './ways.ts'

/** The version in force on a day, of versions listed newest first. */
export const currentOf = (versions: readonly FormVersion[], on: string): FormVersion | undefined =>
  versions
    .filter(({ validFrom }) => validFrom <= on)
    .sort((a, b) => (a.validFrom === b.validFrom ? b.version - a.version : a.validFrom < b.validFrom ? 1 : -1))[0]

const tones = { added: 'good', removed: 'bad', changed: 'info' } as const
const names = { added: texts.added, removed: texts.removedTag, changed: texts.changedTag } as const

/** What differs between two versions, one line a part. */
export const Changes = ({ changes, locale }: { changes: readonly FormChange[]; locale: Locale }) =>
  changes.length === 0 ? (
    <p class="govuk-body">{t(locale, texts.noChanges)}</p>
  ) : (
    <ul class="govuk-list cs-editor__changes">
      {changes.map(({ kind, what, details }) => (
        <li>
          <Tag tone={tones[kind]}>{t(locale, names[kind])}</Tag> {t(locale, what)}
          {details.length > 0 && (
            <ul class="govuk-list govuk-list--bullet">
              {details.map((detail) => (
                <li>{t(locale, detail)}</li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  )

interface VersionsProps {
  readonly versions: readonly FormVersion[]
  /** Dossiers not closed yet, by version. */
  readonly open: ReadonlyMap<number, number>
  readonly today: string
  readonly locale: Locale
  /** With links that lead on; without them it only says who is where. */
  readonly links?: boolean
}

/** Every version with who is on it. */
export const Versions = ({ versions, open, today, locale, links }: VersionsProps) => {
  const current = currentOf(versions, today)
  return (
    <Table
      caption={t(locale, links ? texts.versions : texts.whoIsOn)}
      dense
      locale={locale}
      rows={versions}
      columns={[
        {
          key: 'version',
          label: t(locale, texts.version),
          header: true,
          nowrap: true,
          cell: (row) => t(locale, texts.versionN, { n: row.version }),
        },
        { key: 'from', label: t(locale, texts.from), nowrap: true, cell: (row) => formatDay(row.validFrom) },
        {
          key: 'state',
          label: t(locale, texts.state),
          labelHidden: true,
          cell: (row) =>
            row.version === current?.version ? (
              <Tag tone="good">{t(locale, texts.now)}</Tag>
            ) : row.validFrom > today ? (
              <Tag tone="waiting">{t(locale, texts.future)}</Tag>
            ) : (
              <Tag>{t(locale, texts.past)}</Tag>
            ),
        },
        { key: 'drafts', label: t(locale, texts.drafts), numeric: true, cell: (row) => formatNumber(row.drafts, locale) },
        { key: 'open', label: t(locale, texts.open), numeric: true, cell: (row) => formatNumber(open.get(row.version) ?? 0, locale) },
        ...(links
          ? [
              { key: 'by', label: t(locale, texts.by), cell: (row: FormVersion) => row.publishedBy },
              {
                key: 'more',
                label: t(locale, texts.actions),
                labelHidden: true,
                cell: (row: FormVersion) => (
                  <span class="cs-editor__links">
                    {versions.some(({ version }) => version === row.version - 1) && (
                      <a class="govuk-link" href={`${formHref(row.code)}/so-sanh?tu=${row.version - 1}&den=${row.version}`}>
                        {t(locale, texts.compareWith)}
                        <span class="govuk-visually-hidden"> ({t(locale, texts.versionN, { n: row.version })})</span>
                      </a>
                    )}
                    <a class="govuk-link" href={`${formHref(row.code)}/xuat?phien-ban=${row.version}`}>
                      {t(locale, texts.export)}
                      <span class="govuk-visually-hidden"> ({t(locale, texts.versionN, { n: row.version })})</span>
                    </a>
                  </span>
                ),
              },
            ]
          : []),
      ]}
    />
  )
}
