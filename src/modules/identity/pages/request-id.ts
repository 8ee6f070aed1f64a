import { randomUUID } from 'node:crypto'

/** A fresh id for a form: made when the page is shown, so that sending it twice is one command. */
export const freshRequestId = (): string => randomUUID()
