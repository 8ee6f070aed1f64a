// A server process with only what sends mail: the relay that hears of notices, the jobs that send them. Killed and started again by the crash test.
import { connectMail } from '../../src/adapters/mail/index.ts'
import type { App } from '../../src/kernel/app.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { readConfig } from '../../src/kernel/config/index.ts'
import { openDatabase } from '../../src/kernel/database/index.ts'
import { createJobs } from '../../src/kernel/jobs/index.ts'
import { createLog } from '../../src/kernel/log/index.ts'
import { createRelay } from '../../src/kernel/relay/index.ts'
import { activeOfficers } from '../../src/modules/identity/store/actors.ts'
import { mailJobs, writeDown } from '../../src/modules/notification/deliver.ts'
import { MailRoom } from '../../src/modules/notification/mail-room.ts'
import { NOTICE_ASKED } from '../../src/modules/notification/notices.ts'
import type { ReadRecipients } from '../../src/modules/notification/port.ts'

const [url = '', ownerUrl = '', smtp = ''] = process.argv.slice(2)
const province = { slug: 'ca-mau', schema: 'ca_mau', name: 'Tỉnh Cà Mau', code: '96' }
const config = readConfig({ SMTP_URL: smtp, MAIL_FROM: 'cuaso@camau.example.vn' })
const host = {
  config,
  db: openDatabase({ url, max: 6 }),
  clock: systemClock,
  log: createLog('silent'),
  province,
  baseUrl: 'http://localhost',
}
const jobs = createJobs(host, { ownerUrl, appRole: 'cuaso_app', pollMs: 30 })
const relay = createRelay(host, jobs, { pollMs: 30 })
const app = { ...host, jobs, relay } as unknown as App
const recipients: ReadRecipients = async (tx, ids) =>
  new Map((await activeOfficers(tx, ids, '2026-11-20')).map(({ id, name, email }) => [id, { name, address: email }]))
const room = new MailRoom({ connect: connectMail, recipients, enclosures: {} })

for (const definition of mailJobs(room, app)) jobs.define(definition)
relay.subscribe({
  name: 'notification.in-house',
  types: [NOTICE_ASKED],
  from: 'start',
  handle: (event, tx) => writeDown(room, app, event, tx),
})
for (const worker of [jobs, relay]) await worker.start()
setInterval(() => jobs.expire().catch(() => undefined), 100)
console.log('ready')
