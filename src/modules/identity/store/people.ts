import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Day } from '../../../kernel/clock.ts'
import type { Tx } from '../../../kernel/database/index.ts'
import type { VerifiedIdentity } from '../rules/claims.ts'

/** A home address as forms keep it: unit codes with the day from which the unit is meant, and a line. */
export interface Address {
  readonly province: string
  readonly commune: string
  readonly validFrom?: Day | undefined
  readonly line: string
  readonly label?: string | undefined
}

export interface PersonRow {
  readonly id: string
  readonly name: string
  readonly personalNumber: string | null
  readonly birthDate: Day | null
  readonly identityLevel: 1 | 2 | null
  readonly accountKind: string
  readonly phone: string | null
  readonly email: string | null
  readonly address: Address | null
}

const columns = sql`id, name, personal_number as "personalNumber", birth_date as "birthDate", identity_level as "identityLevel",
  account_kind as "accountKind", phone, email, address`

export async function findPerson(tx: Tx, id: string): Promise<PersonRow | undefined> {
  const { rows } = await sql<PersonRow>`select ${columns} from person where id = ${id}::uuid`.execute(tx)
  return rows[0]
}

/** The account of whoever has this personal number, the one used last. Ask only for somebody who is known to be that person. */
export async function findPersonByNumber(tx: Tx, personalNumber: string): Promise<PersonRow | undefined> {
  const { rows } = await sql<PersonRow>`
    select ${columns} from person where personal_number = ${personalNumber} and account_kind = '1'
    order by signed_in_at desc nulls last limit 1`.execute(tx)
  return rows[0]
}

export async function findPersonBySubject(tx: Tx, issuer: string, subject: string): Promise<PersonRow | undefined> {
  const { rows } = await sql<PersonRow>`
    select ${columns} from person where issuer = ${issuer} and subject = ${subject}`.execute(tx)
  return rows[0]
}

/**
 * The person of an electronic identity, made at the first sign-in. What the service says replaces what it said before; what the person
 * entered here (phone, email, address) stays. A level or number once known is kept when the service leaves it out.
 */
export async function rememberPerson(
  tx: Tx,
  identity: VerifiedIdentity,
  newId: string,
  now: Temporal.Instant,
): Promise<{ id: string; name: string; isNew: boolean }> {
  const { rows } = await sql<{ id: string; name: string }>`
    insert into person (id, issuer, subject, tech_id, account_kind, name, personal_number, birth_date, identity_level,
      created_at, updated_at, signed_in_at)
    values (${newId}::uuid, ${identity.issuer}, ${identity.subject}, ${identity.techId}, ${identity.accountKind}, ${identity.name},
      ${identity.personalNumber}, ${identity.birthDate}::date, ${identity.level}, ${now}::timestamptz, ${now}::timestamptz, ${now}::timestamptz)
    on conflict (issuer, subject) do update set
      tech_id = coalesce(excluded.tech_id, person.tech_id), account_kind = excluded.account_kind, name = excluded.name,
      personal_number = coalesce(excluded.personal_number, person.personal_number),
      birth_date = coalesce(excluded.birth_date, person.birth_date), identity_level = excluded.identity_level,
      updated_at = excluded.updated_at, signed_in_at = excluded.signed_in_at
    returning id, name`.execute(tx)
  const row = rows[0] as { id: string; name: string }
  return { ...row, isNew: row.id === newId }
}

export interface Contact {
  readonly phone: string | null
  readonly email: string | null
  readonly address: Address | null
}

export async function setContact(tx: Tx, id: string, contact: Contact, now: Temporal.Instant): Promise<void> {
  await sql`
    update person set phone = ${contact.phone}, email = ${contact.email},
      address = ${contact.address ? JSON.stringify(contact.address) : null}::jsonb, updated_at = ${now}::timestamptz
    where id = ${id}::uuid`.execute(tx)
}
