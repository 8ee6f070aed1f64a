import type { Day } from '../../../kernel/clock.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { refusals } from '../errors.ts'
import { isCivilDay } from './civil-day.ts'

/** A person as the identity service describes them. `level` is null when the service did not say: unknown is not level 1. */
export interface VerifiedIdentity {
  readonly issuer: string
  readonly subject: string
  readonly techId: string | null
  readonly accountKind: string
  readonly name: string
  readonly personalNumber: string | null
  readonly birthDate: Day | null
  readonly level: 1 | 2 | null
}

const text = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value.normalize('NFC').trim() : null)

/** `NgayThangNamSinh` is YYYYMMDD; a birth date known only by its year comes with zeros and is left out. */
function birthDay(value: unknown): Day | null {
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(text(value) ?? '')
  if (!match) return null
  const day = `${match[1]}-${match[2]}-${match[3]}`
  return isCivilDay(day) ? day : null
}

/** Level of the electronic identity from `acr`. No public paper names the values, so only these are understood. */
function levelOf(acr: unknown): 1 | 2 | null {
  const match = /^(?:LoA|urn:vneid:muc-|muc-?|level-?)?([12])$/i.exec(text(acr) ?? '')
  return match ? (Number(match[1]) as 1 | 2) : null
}

/** Names as printed on cards come in capitals; they stay as given, only blanks are tidied. */
const tidyName = (name: string): string => name.replace(/\s+/g, ' ')

/**
 * Maps the claims of the national identity service (as seen in public integrations) to a verified identity. Refuses claims without a
 * subject or a name: such a person could not be linked or addressed.
 */
export function readClaims(issuer: string, claims: Readonly<Record<string, unknown>>): Result<VerifiedIdentity> {
  const subject = text(claims.sub)
  const name = text(claims.HoVaTen)
  if (!subject || !name) return refuse(refusals.signInRefused)
  const number = text(claims.SoDinhDanh)
  return ok({
    issuer,
    subject,
    techId: text(claims.TechID),
    accountKind: text(claims.LoaiTaiKhoan) ?? '1',
    name: tidyName(name),
    personalNumber: number && /^\d{9,12}$/.test(number) ? number : null,
    birthDate: birthDay(claims.NgayThangNamSinh),
    level: levelOf(claims.acr),
  })
}
