import { randomUUID } from 'node:crypto'
import { dayOf } from '../../../kernel/clock.ts'
import { Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import {
  Button,
  ButtonGroup,
  type Flash,
  Form,
  formatDay,
  formatInstant,
  formatNumber,
  InsetText,
  LinkButton,
  page,
  Select,
  Table,
  Tag,
} from '../../../ui/index.ts'
import { refusals } from '../errors.ts'
import { type CatalogueLinks, findEdit } from '../queries/edited-procedures.ts'
import { listVersions } from '../queries/lists.ts'
import { inForce } from '../rules/procedure.ts'
import { timeLimitText } from '../rules/words.ts'
import type { ProcedureVersion } from '../store.ts'
import { texts } from '../texts.ts'
import { texts as words } from './editor/texts.ts'
import { ADMIN } from './list-page.tsx'
import { processWords } from './process-texts.ts'

function published(c: Web, versions: readonly ProcedureVersion[]): Flash | undefined {
  const version = versions.find((one) => String(one.version) === c.req.query('ban-hanh'))
  if (!version) return undefined
  const values = { version: version.version, code: version.code, day: formatDay(version.validFrom) }
  return { kind: 'success', text: { vi: t('vi', texts.published, values), en: t('en', texts.published, values) } }
}

/** GET /quan-tri/thu-tuc/:code: every version, newest first, and which one counts today. */
export const versionsPage =
  (links: CatalogueLinks) =>
  async (c: Web): Promise<Response> => {
    const app = c.get('app')
    const locale = c.get('locale')
    const code = c.req.param('code') ?? ''
    const province = c.get('province')
    const [versions, draft, open] = await Promise.all([
      app.db.read(province, (tx) => listVersions(tx, code)),
      app.db.read(province, (tx) => findEdit(tx, code)),
      app.db.read(province, (tx) => links.openDossiersOn(tx, code)),
    ])
    const latest = versions[0]
    // A procedure that was never published is only its draft.
    if (!latest && draft) return c.redirect(`${ADMIN}/${code}/sua`, 303)
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
        {draft && (
          <InsetText>
            <p>
              <strong>{t(locale, words.writing)}</strong>:{' '}
              {t(locale, words.writingBy, { by: draft.updatedBy, at: formatInstant(draft.updatedAt) })}
            </p>
            {mayPublish && <LinkButton href={`${ADMIN}/${code}/sua`}>{t(locale, words.goOn)}</LinkButton>}
          </InsetText>
        )}
        {!draft && mayPublish && (
          <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={`${ADMIN}/${code}/sua`}>
            {versions.length > 1 ? (
              <Select
                name="version"
                label={t(locale, words.bringBack)}
                empty={false}
                value={String((current ?? latest).version)}
                options={versions.map((one) => ({
                  value: String(one.version),
                  label: `${t(locale, texts.version)} ${one.version} (${formatDay(one.validFrom)})`,
                }))}
              />
            ) : (
              <input type="hidden" name="version" value={String((current ?? latest).version)} />
            )}
            <Button>{t(locale, words.edit)}</Button>
          </Form>
        )}
        <ButtonGroup>
          <a class="govuk-link" href={`${ADMIN}/${code}/quy-trinh`}>
            {t(locale, processWords.toEditor)}
          </a>
          <a class="govuk-link" href={`/thu-tuc/${code}`}>
            {t(locale, texts.public)}
          </a>
          <a class="govuk-link" href={`${ADMIN}/${code}/xuat`}>
            {t(locale, words.export)}
          </a>
          {mayPublish && current && (
            <a class="govuk-link" href={`${ADMIN}/${code}/bai-bo`}>
              {t(locale, words.end)}
            </a>
          )}
        </ButtonGroup>
        <Table
          caption={t(locale, texts.versions)}
          dense
          locale={locale}
          rows={versions}
          columns={[
            { key: 'version', label: t(locale, texts.version), numeric: true, header: true, cell: (row) => String(row.version) },
            { key: 'from', label: t(locale, texts.from), nowrap: true, cell: (row) => formatDay(row.validFrom) },
            { key: 'state', label: t(locale, words.state), labelHidden: true, cell: state },
            { key: 'limit', label: t(locale, texts.limit), cell: (row) => t(locale, timeLimitText(row.body.timeLimit)) },
            { key: 'open', label: t(locale, words.open), numeric: true, cell: (row) => formatNumber(open.get(row.version) ?? 0, locale) },
            { key: 'change', label: t(locale, texts.changed), cell: (row) => (row.body.change ? t(locale, row.body.change) : '') },
            { key: 'by', label: t(locale, texts.by), cell: (row) => row.publishedBy },
          ]}
        />
      </>,
    )
  }
