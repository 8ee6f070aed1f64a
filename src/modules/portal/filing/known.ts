import type { Tx } from '../../../kernel/database/index.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { dossierForCitizen, myDossiers } from '../../dossier/index.ts'
import type { Answers, KnownAnswers } from '../../form/index.ts'
import { findPerson } from '../../identity/index.ts'

/** What the account says about the person, by the names forms ask for. */
export async function knownOf(tx: Tx, personId: string): Promise<KnownAnswers> {
  const person = await findPerson(tx, personId)
  if (!person) return {}
  return {
    'person.fullName': person.name,
    ...(person.personalNumber ? { 'person.personalNumber': person.personalNumber } : {}),
    ...(person.birthDate ? { 'person.birthDate': person.birthDate } : {}),
    ...(person.phone ? { 'person.phone': person.phone } : {}),
    ...(person.email ? { 'person.email': person.email } : {}),
    ...(person.address ? { 'person.address': person.address } : {}),
  }
}

/** The person's answers to the same form the last time, so that nothing has to be typed twice. */
export async function earlierAnswers(c: Web, formCode: string): Promise<Answers> {
  const asker = { province: c.get('province'), actor: c.get('actor') }
  const mine = await myDossiers(c.get('app'), asker, { limit: 20 })
  if (!mine.ok) return {}
  for (const row of mine.value.rows) {
    const dossier = await dossierForCitizen(c.get('app'), asker, row.id)
    if (dossier.ok && dossier.value.formCode === formCode && dossier.value.answers) return dossier.value.answers as Answers
  }
  return {}
}
