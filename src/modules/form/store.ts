import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Day } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/database/index.ts'
import { type FormDefinition, readDefinition } from './rules/definition.ts'
import type { Draft, SaveDecision } from './rules/draft.ts'

// Published definitions never change, so a parsed one is kept for ever under the hash of its body.
const parsed = new Map<string, FormDefinition>()

interface Stamped {
  readonly version: number
  readonly stamp: string
}

async function definitionOf(tx: Tx, code: string, found: Stamped | undefined): Promise<FormDefinition | undefined> {
  if (!found) return undefined
  const known = parsed.get(found.stamp)
  if (known) return known
  const { rows } = await sql<{ body: unknown }>`
    select body from form_definition where code = ${code} and version = ${found.version}`.execute(tx)
  const definition = readDefinition(rows[0]?.body)
  parsed.set(found.stamp, definition)
  return definition
}

/** The form in force on a civil day; one small statement once it was read before. */
export async function findFormAt(tx: Tx, code: string, on: Day): Promise<FormDefinition | undefined> {
  const { rows } = await sql<Stamped>`
    select version, stamp from form_definition where code = ${code} and valid_from <= ${on}::date
    order by valid_from desc, version desc limit 1`.execute(tx)
  return definitionOf(tx, code, rows[0])
}

export async function findForm(tx: Tx, code: string, version: number): Promise<FormDefinition | undefined> {
  const { rows } = await sql<Stamped>`
    select version, stamp from form_definition where code = ${code} and version = ${version}`.execute(tx)
  return definitionOf(tx, code, rows[0])
}

export interface NewForm {
  readonly body: unknown
  readonly stamp: string
  readonly definition: FormDefinition
}

/** Adds forms whose (code, version) is not there yet. Returns `code/version` of the added ones. */
export async function insertForms(tx: Tx, forms: readonly NewForm[], now: Temporal.Instant, by: string): Promise<string[]> {
  const rows = forms.map(({ body, stamp, definition }) => ({
    code: definition.code,
    version: definition.version,
    valid_from: definition.validFrom,
    title: definition.title.vi,
    body,
    stamp,
  }))
  const added = await sql<{ key: string }>`
    insert into form_definition (code, version, valid_from, title, body, stamp, published_at, published_by)
    select code, version, valid_from, title, body, stamp, ${now}::timestamptz, ${by}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as f(code text, version smallint, valid_from date, title text, body jsonb, stamp text)
    on conflict do nothing returning code || '/' || version as key`.execute(tx)
  return added.rows.map(({ key }) => key)
}

const draftColumns = sql`
  id, person_id as "personId", procedure_code as "procedureCode", form_code as "formCode", form_version as "formVersion", version,
  answers, saved_pages as "savedPages", prefilled, created_at as "createdAt", updated_at as "updatedAt"`

export async function findDraft(tx: Tx, personId: string, procedureCode: string): Promise<Draft | undefined> {
  const { rows } = await sql<Draft>`
    select ${draftColumns} from draft where person_id = ${personId}::uuid and procedure_code = ${procedureCode}`.execute(tx)
  return rows[0]
}

export async function lockDraft(tx: Tx, personId: string, procedureCode: string): Promise<Draft | undefined> {
  const { rows } = await sql<Draft>`
    select ${draftColumns} from draft where person_id = ${personId}::uuid and procedure_code = ${procedureCode} for update`.execute(tx)
  return rows[0]
}

/** A person's drafts, the last one touched first. */
export async function listDrafts(tx: Tx, personId: string): Promise<Draft[]> {
  const { rows } = await sql<Draft>`
    select ${draftColumns} from draft where person_id = ${personId}::uuid order by updated_at desc`.execute(tx)
  return rows
}

/** Starts a draft; `undefined` when another window just did. */
export async function insertDraft(tx: Tx, draft: Draft): Promise<Draft | undefined> {
  const { rows } = await sql<Draft>`
    insert into draft (id, person_id, procedure_code, form_code, form_version, version, answers, saved_pages, prefilled, created_at, updated_at)
    values (${draft.id}::uuid, ${draft.personId}::uuid, ${draft.procedureCode}, ${draft.formCode}, ${draft.formVersion}, ${draft.version},
      ${JSON.stringify(draft.answers)}::jsonb, ${JSON.stringify(draft.savedPages)}::jsonb, ${[...draft.prefilled]}::text[],
      ${draft.createdAt}::timestamptz, ${draft.updatedAt}::timestamptz)
    on conflict (person_id, procedure_code) do nothing returning ${draftColumns}`.execute(tx)
  return rows[0]
}

/** Writes what was decided about a locked draft. */
export async function updateDraft(
  tx: Tx,
  draft: Pick<Draft, 'id' | 'formCode' | 'formVersion'>,
  { version, answers, savedPages, prefilled }: Omit<SaveDecision, 'errors'>,
  now: Temporal.Instant,
): Promise<Draft> {
  const { rows } = await sql<Draft>`
    update draft set form_code = ${draft.formCode}, form_version = ${draft.formVersion}, version = ${version},
      answers = ${JSON.stringify(answers)}::jsonb, saved_pages = ${JSON.stringify(savedPages)}::jsonb,
      prefilled = ${[...prefilled]}::text[], updated_at = ${now}::timestamptz
    where id = ${draft.id}::uuid returning ${draftColumns}`.execute(tx)
  const [saved] = rows
  if (!saved) throw new Error(`draft ${draft.id} vanished while it was locked`)
  return saved
}

/** Forgets a draft; `false` when there was none. */
export async function deleteDraft(tx: Tx, personId: string, procedureCode: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from draft where person_id = ${personId}::uuid and procedure_code = ${procedureCode}`.execute(tx)
  return (numAffectedRows ?? 0n) > 0n
}
