import type { App } from '../../../kernel/app.ts'
import type { Actor } from '../../../kernel/context.ts'
import { subjectOf } from '../sessions.ts'
import { deleteOwnSession, deleteSession, deleteSessionsOf } from '../store/sessions.ts'

type Host = Pick<App, 'db' | 'province'>

/** Ends the session of this token, if there is one. */
export async function endSession({ db, province }: Host, tokenHash: Uint8Array | null): Promise<void> {
  if (tokenHash) await db.read(province, (tx) => deleteSession(tx, tokenHash))
}

/** Ends one of one's own sessions, named by its hash in hexadecimal. Returns whether there was such a one. */
export async function endOwnSession({ db, province }: Host, actor: Actor, hash: string): Promise<boolean> {
  const subject = subjectOf(actor)
  if (!subject || !/^[0-9a-f]{64}$/.test(hash)) return false
  return db.read(province, (tx) => deleteOwnSession(tx, subject.subjectKind, subject.subjectId, Buffer.from(hash, 'hex')))
}

/** Ends all of one's sessions, this one too. Returns how many ended. */
export async function endAllSessions({ db, province }: Host, actor: Actor): Promise<number> {
  const subject = subjectOf(actor)
  return subject ? db.read(province, (tx) => deleteSessionsOf(tx, subject.subjectKind, subject.subjectId)) : 0
}
