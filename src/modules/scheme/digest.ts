import { createHash } from 'node:crypto'

/** SHA-256 of the snapshot before and this one's text, in hex. */
export const digestOf = (body: string, previous: string | null): string =>
  createHash('sha256')
    .update(`${previous ?? ''}\n${body}`)
    .digest('hex')
