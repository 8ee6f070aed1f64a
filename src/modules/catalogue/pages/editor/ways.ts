import { type Day, dayOf } from '../../../../kernel/clock.ts'
import type { Web } from '../../../../kernel/http/context.ts'
import { t } from '../../../../kernel/i18n/index.ts'
import { directoryOf, type OrganisationDirectory } from '../../../organisation/index.ts'
import { type CatalogueLinks, type EditedProcedure, getEdit } from '../../queries/edited-procedures.ts'
import { listFields, listLifeEvents } from '../../queries/lists.ts'
import type { KnownCodes } from '../../rules/draft.ts'
import { resolverKey } from '../../rules/edit.ts'
import { type ResolverRule, tiers, type VersionBody } from '../../rules/procedure.ts'
import { resolverText } from '../../rules/words.ts'
import type { LifeEvent, NamedCode } from '../../store.ts'
import { ADMIN } from '../list-page.tsx'
import type { Names } from './in-words.tsx'

export const procedureHref = (code: string, rest = ''): string => `${ADMIN}/${code}${rest}`
export const draftHref = (code: string, rest = ''): string => `${ADMIN}/${code}/sua${rest}`

export const todayOf = (c: Web): Day => dayOf(c.get('app').clock())
export const codeOf = (c: Web): string => c.req.param('code') ?? ''

export const openDraft = (c: Web): Promise<EditedProcedure> => c.get('app').db.read(c.get('province'), (tx) => getEdit(tx, codeOf(c)))

/** What the pages of the editor choose from and name things by. */
export interface Known extends Names {
  readonly fields: readonly NamedCode[]
  readonly lifeEvents: readonly LifeEvent[]
  readonly directory: OrganisationDirectory
  readonly codes: KnownCodes
}

export async function knownOf(c: Web, links: CatalogueLinks): Promise<Known> {
  const [app, province, today] = [c.get('app'), c.get('province'), todayOf(c)]
  const [fields, lifeEvents, forms, directory] = await Promise.all([
    app.db.read(province, listFields),
    app.db.read(province, listLifeEvents),
    app.db.read(province, (tx) => links.forms(tx)),
    directoryOf(app, province),
  ])
  return {
    fields,
    lifeEvents,
    forms,
    directory,
    agency: (code) => directory.find(code, today)?.name,
    codes: { fields: new Set(fields.map(({ code }) => code)), forms: new Set(forms.map(({ code }) => code)) },
  }
}

/** Everyone who may resolve: departments of today, people's committees by place, any agency of a tier; and what is there now. */
export function resolverChoices(c: Web, known: Known, body: VersionBody): { value: string; label: string }[] {
  const [locale, today] = [c.get('locale'), todayOf(c)]
  const rules: ResolverRule[] = [
    ...known.directory
      .list(today, { tier: 'province' })
      .flatMap(({ kind, code }): ResolverRule[] => (kind === 'department' ? [{ kind: 'agency', agencyCode: code }] : [])),
    ...(['residence', 'event', 'land', 'business', 'any'] as const).map(
      (place): ResolverRule => ({ kind: 'people_committee', tier: 'commune', place }),
    ),
    ...tiers.filter((tier) => tier !== 'district').map((tier): ResolverRule => ({ kind: 'tier', tier })),
  ]
  const all = rules.some((rule) => resolverKey(rule) === resolverKey(body.resolver)) ? rules : [body.resolver, ...rules]
  return all.map((rule) => ({ value: resolverKey(rule), label: t(locale, resolverText(rule, known.agency)) }))
}
