import { randomUUID } from 'node:crypto'
import type { App, SelfCheck } from '../../kernel/app.ts'
import type { Tx } from '../../kernel/database/index.ts'
import { derivedUuid } from '../../kernel/id.ts'
import { closeDeadWith, type JobDefinition, type JobRun, jobsAlive } from '../../kernel/jobs/index.ts'
import { mailAddress, oneLine, readMailbox } from '../../kernel/mailbox.ts'
import type { LoggedEvent } from '../../kernel/relay/index.ts'
import {
  adopt,
  beginTry,
  countLetters,
  insertLetters,
  type Letter,
  letGo,
  letterById,
  lettersInHand,
  makeStale,
  noteTry,
  putBack,
  settleLetter,
  takeWaiting,
  withoutMail,
} from './letter-store.ts'
import type { MailRoom } from './mail-room.ts'
import { readAsked } from './notices.ts'
import { type Enclosure, type Mail, NotSent } from './port.ts'
import { letterOf, MOST_ENCLOSED, STALE_HOURS } from './rules/letter.ts'
import { insertNotices } from './store.ts'

const QUEUE = 'notification.mail'
/** Further tries, a minute after the first and then each after twice as long: for some seventeen hours. */
const RETRIES = 10
const TIMEOUT_S = 150
/** So many letters are taken in hand in one transaction. */
const BATCH = 500

/** Writes an asked notice down and, for officers who get mail, a letter each; with a mail server, the job that sends it. One transaction. */
export async function writeDown(room: MailRoom, app: App, event: LoggedEvent, tx: Tx): Promise<void> {
  const asked = readAsked(event.data)
  const told = await insertNotices(tx, asked, event.at)
  if (told.length === 0) return
  const ids = told.map(({ officerId }) => officerId)
  const recipients = await room.parts.recipients(tx, ids)
  const unwanted = await withoutMail(tx, ids)
  const connected = room.of(app) !== undefined
  const letters = told
    .filter(({ officerId }) => !unwanted.has(officerId) && mailAddress(recipients.get(officerId)?.address))
    .map(({ noticeId, officerId }) => ({
      id: derivedUuid('letter', noticeId),
      ...{ noticeId, officerId, jobId: connected ? randomUUID() : null, enclosed: asked.enclosed },
    }))
  if (letters.length === 0) return
  await insertLetters(tx, letters, event.at)
  for (const { id, jobId } of letters) if (jobId) await app.jobs.send(tx, app.province, QUEUE, { letterId: id }, { id: jobId })
}

/** The papers of a letter as far as they are there and a letter takes them. */
async function enclosuresOf(room: MailRoom, app: App, run: JobRun, letter: Letter): Promise<{ enclosures: Enclosure[]; left: boolean }> {
  if (letter.enclosed === null) return { enclosures: [], left: false }
  const { source, ...asked } = letter.enclosed
  const found = await room.parts.enclosures[source]?.(app, run.province, { ...asked, officerId: letter.officerId })
  if (!found || found.bytes.byteLength > MOST_ENCLOSED) return { enclosures: [], left: true }
  return { enclosures: [{ ...found, name: oneLine(found.name, 120) }], left: false }
}

async function takeOver(tx: Tx, letter: Letter, jobId: string): Promise<boolean> {
  const alive = letter.jobId !== null && (await jobsAlive(tx, QUEUE, [letter.jobId])).has(letter.jobId)
  return !alive && adopt(tx, letter, jobId)
}

/**
 * Sends one letter, at least once: what the server took is marked as sent, and if this server dies in between, the letter goes again under
 * the same Message-ID and says so (`maybeTwice`). What was marked is never sent again, nor what another job has in hand; from a job that
 * gave up, the one that a person started in its place takes the letter over.
 */
async function deliver(room: MailRoom, app: App, mail: Mail | undefined, letterId: string, run: JobRun): Promise<object> {
  const { province } = run
  const letter = await app.db.read(province, (tx) => letterById(tx, letterId))
  if (letter?.state !== 'waiting') return { letter: letter?.state ?? 'gone' }
  if (letter.jobId !== run.id && !(await app.db.write(province, (tx) => takeOver(tx, letter, run.id)))) return { letter: 'in other hands' }
  const from = readMailbox(app.config.MAIL_FROM ?? '')
  if (!mail || !from) {
    await app.db.write(province, (tx) => putBack(tx, letterId))
    return { letter: 'waits for a mail server' }
  }
  const settle = async (state: 'sent' | 'failed', problem: string | null): Promise<object> => {
    await app.db.write(province, (tx) => settleLetter(tx, letterId, state, problem, app.clock()))
    return { letter: state, ...(problem === null ? {} : { problem }) }
  }
  const recipient = (await app.db.read(province, (tx) => room.parts.recipients(tx, [letter.officerId]))).get(letter.officerId)
  const address = mailAddress(recipient?.address)
  if (!recipient || !address) return settle('failed', 'NO-ADDRESS')
  const to = { name: oneLine(recipient.name, 100), address }
  const { enclosures, left } = await enclosuresOf(room, app, run, letter).catch(async (error: unknown) => {
    if (run.attempt <= RETRIES) {
      await app.db.write(province, (tx) => noteTry(tx, letterId, 'NO-PAPER'))
      throw error
    }
    // What it has to say does not wait for ever for a paper that cannot be made.
    app.log.warn({ err: error, letter: letterId }, 'a letter goes without its paper')
    return { enclosures: [], left: true }
  })
  const { title, body, href } = letter
  const facts = { id: letter.id, to, title, body, href, baseUrl: app.baseUrl, province: province.name, from }
  const text = letterOf({ ...facts, enclosed: enclosures.map(({ name }) => name), left })
  if (!(await app.db.write(province, (tx) => beginTry(tx, letterId, run.id, app.clock())))) return { letter: 'in other hands' }
  try {
    await mail.send({ ...text, to, date: letter.askedAt.toString(), enclosures }, run.signal)
  } catch (error) {
    const problem = error instanceof NotSent ? error.message : 'ERROR'
    if ((error instanceof NotSent && error.final) || run.attempt > RETRIES) return settle('failed', problem)
    await app.db.write(province, (tx) => noteTry(tx, letterId, problem))
    throw error
  }
  return settle('sent', null)
}

export const mailJobs = (room: MailRoom, app: App): JobDefinition[] => [
  {
    queue: QUEUE,
    owner: 'notification',
    label: { vi: 'Gửi thư điện tử', en: 'Send mail' },
    retryLimit: RETRIES,
    retryDelay: 60,
    timeout: TIMEOUT_S,
    concurrency: 2,
    handler: ({ letterId }, run) => deliver(room, app, room.of(app), String(letterId), run),
  },
  {
    queue: 'notification.mail-waiting',
    owner: 'notification',
    label: { vi: 'Lấy thư đang chờ, tìm thư bị bỏ dở', en: 'Take up mail that waits, find mail that was dropped' },
    schedule: '*/15 * * * *',
    retryLimit: 2,
    concurrency: 1,
    handler: async (_payload, { province }) => {
      const lost = await settleLost(app, province)
      if (!room.of(app)) return { ...lost, queued: 0 }
      const now = app.clock()
      const stale = await app.db.write(province, (tx) => makeStale(tx, now.subtract({ hours: STALE_HOURS }), now))
      return { ...lost, stale, queued: await takeUp(app, province) }
    },
  },
]

/**
 * Finds letters whose job gave up without a word, as when the server dies in its last try: what was cut off has failed and stands among what
 * could not be sent, the rest waits for another job. The dead job is closed with it: the letter is what a person deals with.
 */
async function settleLost(app: App, province: JobRun['province']): Promise<{ cutOff: number; putBack: number }> {
  const count = { cutOff: 0, putBack: 0 }
  const lost = await app.db.read(province, async (tx) => {
    const inHand = await lettersInHand(tx)
    const alive = await jobsAlive(
      tx,
      QUEUE,
      inHand.map(({ jobId }) => jobId),
    )
    return inHand.filter(({ jobId }) => !alive.has(jobId))
  })
  for (const letter of lost) {
    const became = await app.db.write(province, async (tx) => {
      const state = await letGo(tx, letter, app.clock())
      if (state)
        await closeDeadWith(tx, QUEUE, { province: province.slug, payload: { letterId: letter.id } }, { letter: state }, app.clock())
      return state
    })
    if (became === 'failed') count.cutOff += 1
    if (became === 'waiting') count.putBack += 1
  }
  return count
}

/** Makes a job for every letter that waits and that none has in hand. */
async function takeUp(app: App, province: JobRun['province']): Promise<number> {
  for (let queued = 0; ; ) {
    const taken = await app.db.write(province, async (tx) => {
      const letters = await takeWaiting(tx, BATCH)
      for (const { id, jobId } of letters) await app.jobs.send(tx, province, QUEUE, { letterId: id }, { id: jobId })
      return letters.length
    })
    queued += taken
    if (taken < BATCH) return queued
  }
}

/** The same for a command: within its transaction. */
export async function queueWaiting(app: App, tx: Tx, province: JobRun['province']): Promise<void> {
  for (const { id, jobId } of await takeWaiting(tx, BATCH)) await app.jobs.send(tx, province, QUEUE, { letterId: id }, { id: jobId })
}

/** What `cuaso doctor` asks: whether there is a mail server and it answers, and how many letters have not gone. */
export const mailCheck = (room: MailRoom, app: App): SelfCheck => ({
  name: 'mail',
  run: async () => {
    const { waiting, failed, stale } = await app.db.read(app.province, countLetters)
    const open = `${waiting} waiting, ${failed + stale} not sent`
    const mail = room.of(app)
    if (!mail) return { ok: true, detail: `no SMTP_URL: notices stand on pages only; letters: ${open}` }
    try {
      return { ok: true, detail: `${await mail.check()}; letters: ${open}` }
    } catch (error) {
      return { ok: false, detail: `no answer (${error instanceof NotSent ? error.message : 'ERROR'}); letters: ${open}` }
    }
  },
})
