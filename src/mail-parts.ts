import { connectMail } from './adapters/mail/index.ts'
import { dayOf, systemClock } from './kernel/clock.ts'
import { activeOfficers } from './modules/identity/index.ts'
import type { notificationRoom, ReadRecipients } from './modules/notification/index.ts'
import { savedEnclosure, weeklyEnclosure } from './modules/reporting/index.ts'

const recipients: ReadRecipients = async (tx, ids) =>
  new Map((await activeOfficers(tx, ids, dayOf(systemClock()))).map(({ id, name, email }) => [id, { name, address: email }]))

/** What the room of notices needs of the others: a mail server, officers' addresses, and the papers that go with a letter. */
export const mailParts: Parameters<typeof notificationRoom>[0] = {
  connect: connectMail,
  recipients,
  enclosures: { 'weekly-report': weeklyEnclosure, 'saved-report': savedEnclosure },
}
