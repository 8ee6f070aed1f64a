import { dayOf } from '../../../kernel/clock.ts'
import { Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import { ButtonGroup, type Flash, formatDay, LinkButton, page, Table, Tag } from '../../../ui/index.ts'
import { refusals } from '../errors.ts'
import { listVersions } from '../queries/lists.ts'
import { inForce } from '../rules/procedure.ts'
import { timeLimitText } from '../rules/words.ts'
import type { ProcedureVersion } from '../store.ts'
import { texts } from '../texts.ts'
import { ADMIN } from './list-page.tsx'

function published(c: Web, versions: readonly ProcedureVersion[]): Flash | undefined {
  const version = versions.find((one) => String(one.version) === c.req.query('ban-hanh'))
  if (!version) return undefined
  const values = { version: version.version, code: version.code, day: formatDay(version.validFrom) }
  return { kind: 'success', text: { vi: t('vi', texts.published, values), en: t('en', texts.published, values) } }
}

/** GET /quan-tri/thu-tuc/:code: every version, newest first, and which one counts today. */
export async function versionsPage(c: Web): Promise<Response> {
  const app = c.get('app')
  const locale = c.get('locale')
  const code = c.req.param('code') ?? ''
  const versions = await app.db.read(c.get('province'), (tx) => listVersions(tx, code))
  const latest = versions[0]
  if (!latest) throw new Refused(refusals.procedureNotFound)
  const today = dayOf(app.clock())
  const current = inForce(
    versions.map((one) => ({ ...one, abolished: one.body.abolished })),
    today,
  )
  const state = (version: ProcedureVersion) => {
    if (version.version === current?.version) return <Tag tone="good">{t(locale, texts.now)}</Tag>
    if (version.validFrom > today) return <Tag tone="waiting">{t(locale, texts.future)}</Tag>
    return <Tag>{t(locale, version.body.abolished ? texts.ended : texts.past)}</Tag>
  }
  const flash = published(c, versions)
  const mayPublish = app.access(c.get('province')).canAtRoot(c.get('actor'), 'catalogue.publish')
  return page(
    c,
    { ...frame(c, 'admin'), title: (current ?? latest).body.name, back: { href: ADMIN }, ...(flash ? { flash } : {}) },
    <>
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">{code}</span>
        {t(locale, (current ?? latest).body.name)}
      </h1>
      <ButtonGroup>
        {mayPublish && <LinkButton href={`${ADMIN}/${code}/phien-ban-moi`}>{t(locale, texts.newVersion)}</LinkButton>}
        <a class="govuk-link" href={`/thu-tuc/${code}`}>
          {t(locale, texts.public)}
        </a>
      </ButtonGroup>
      <Table
        caption={t(locale, texts.versions)}
        dense
        locale={locale}
        rows={versions}
        columns={[
          { key: 'version', label: t(locale, texts.version), numeric: true, header: true, cell: (row) => String(row.version) },
          { key: 'from', label: t(locale, texts.from), nowrap: true, cell: (row) => formatDay(row.validFrom) },
          { key: 'state', label: '', labelHidden: true, cell: state },
          { key: 'limit', label: t(locale, texts.limit), cell: (row) => t(locale, timeLimitText(row.body.timeLimit)) },
          { key: 'change', label: t(locale, texts.changed), cell: (row) => (row.body.change ? t(locale, row.body.change) : '') },
          { key: 'by', label: t(locale, texts.by), cell: (row) => row.publishedBy },
        ]}
      />
    </>,
  )
}
