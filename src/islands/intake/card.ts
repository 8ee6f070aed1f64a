/** What the QR code on a Vietnamese identity card says. */
export interface Card {
  /** Personal number, 12 digits. */
  readonly number: string
  /** Number of the old 9-digit card, when there was one. */
  readonly oldNumber: string
  readonly name: string
  /** `YYYY-MM-DD`. */
  readonly birth: string
  readonly sex: 'male' | 'female'
  readonly address: string
  /** `YYYY-MM-DD`; empty when the card does not say. */
  readonly issued: string
}

/** Parts of a card in the order of its QR code: `number|old number|name|ddmmyyyy|sex|address|ddmmyyyy`, newer cards add more. */
export function readCard(text: string): Card | null {
  const parts = text
    .normalize('NFC')
    .split('|')
    .map((part) => part.trim().replace(/\s+/g, ' '))
  const [number = '', oldNumber = '', name = '', birthText = '', sexText = '', address = '', issuedText = ''] = parts
  const birth = civilDay(birthText)
  const sex = sexes[sexText.toLowerCase()]
  if (parts.length < 7 || !/^\d{12}$/.test(number) || !name || !birth || !sex) return null
  return { number, oldNumber: /^\d{9}$/.test(oldNumber) ? oldNumber : '', name, birth, sex, address, issued: civilDay(issuedText) ?? '' }
}

const sexes: Readonly<Record<string, Card['sex']>> = { nam: 'male', nữ: 'female', male: 'male', female: 'female' }

/** `ddmmyyyy` of a day that exists. */
function civilDay(text: string): string | null {
  const match = /^(\d{2})(\d{2})(\d{4})$/.exec(text)
  if (!match) return null
  const day = `${match[3]}-${match[2]}-${match[1]}`
  const at = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day) ? day : null
}
