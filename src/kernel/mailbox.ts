import { EMAIL } from './text.ts'

/** A name and an address, as a letter's head bears them. */
export interface Mailbox {
  readonly name: string
  readonly address: string
}

/** What would begin another line of a letter's head, or hide in it: every control, format, line and paragraph character. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu

/** A text fit for one line of a letter's head: what cannot be seen becomes a space, long ones are cut. */
export const oneLine = (text: string, most = 200): string => {
  const line = text.replace(UNSEEN, ' ').replace(/\s+/g, ' ').trim()
  const letters = [...line]
  return letters.length <= most
    ? line
    : `${letters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`
}

/**
 * A mail address a server will take as one address: plain ASCII, nothing that separates, quotes or comments, 254 characters at most
 * (RFC 5321). Undefined when it is not.
 */
export function mailAddress(text: string | null | undefined): string | undefined {
  const address = text?.trim() ?? ''
  return address.length <= 254 && EMAIL.test(address) && /^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z\d.-]+$/i.test(address) ? address : undefined
}

/** Reads `Name <address>` or a bare address. Undefined when it is neither. */
export function readMailbox(text: string): Mailbox | undefined {
  const [, name, inner] = /^\s*"?([^"<>]*?)"?\s*<([^<>]+)>\s*$/.exec(text) ?? []
  const address = mailAddress(inner ?? text)
  return address === undefined ? undefined : { name: oneLine(name ?? '', 100), address }
}
