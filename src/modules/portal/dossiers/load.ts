import { type FieldError, type Refusal, Refused, refusals, withFields } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { parse } from '../../../kernel/http/form.ts'
import type { Text } from '../../../kernel/i18n/index.ts'
import { type CitizenView, dossierForCitizen, typedInput } from '../../dossier/index.ts'

/** The dossier named in the address, as the signed-in person sees it. Somebody else's is answered as one that does not exist. */
export async function loadOwn(c: Web): Promise<CitizenView> {
  const found = await dossierForCitizen(c.get('app'), { province: c.get('province'), actor: c.get('actor') }, c.req.param('id') ?? '')
  if (!found.ok) throw new Refused(found.error)
  return found.value
}

export const missing = (path: string, message: Text): Refusal => withFields(refusals.invalid, [{ path, message }])

/** What is wrong with the length of a note, at the field it was typed into. */
export function tooLong(path: string, note: string | undefined): Refusal | undefined {
  const checked = parse(typedInput, { note })
  if (checked.ok) return undefined
  return withFields(
    checked.error,
    (checked.error.fields ?? []).map((field): FieldError => ({ ...field, path })),
  )
}
