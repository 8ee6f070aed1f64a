import { sql } from 'kysely'
import type { Day } from '../../../kernel/clock.ts'
import type { Tx } from '../../../kernel/database/index.ts'
import type { Text } from '../../../kernel/i18n/index.ts'
import type { Component } from '../rules/procedure.ts'

export interface ProcedureWithForm {
  readonly code: string
  readonly name: Text
  readonly components: readonly Pick<Component, 'code' | 'name'>[]
}

/** Procedures in force on a day that are filed with an e-form; at most 200, by name. */
export async function proceduresWithForm(tx: Tx, formCode: string, on: Day): Promise<ProcedureWithForm[]> {
  const { rows } = await sql<ProcedureWithForm>`
    select v.code, jsonb_build_object('vi', v.name, 'en', v.name_en) as name, v.body->'components' as components
    from procedure_version v
    where v.form_code = ${formCode} and v.valid_from <= ${on}::date and not v.abolished and not exists (
      select 1 from procedure_version n
      where n.code = v.code and n.valid_from <= ${on}::date and (n.valid_from, n.version) > (v.valid_from, v.version))
    order by v.name limit 200`.execute(tx)
  return rows
}
