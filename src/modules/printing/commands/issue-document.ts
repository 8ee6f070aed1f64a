import { createHash } from 'node:crypto'
import { allow, type Target } from '../../../kernel/access/index.ts'
import type { Context } from '../../../kernel/context.ts'
import { record } from '../../../kernel/events.ts'
import { ok, type Result } from '../../../kernel/result.ts'
import type { NumberedFacts } from '../rules/facts.ts'
import { seriesOf } from '../rules/typeset.ts'
import { type DocumentRow, findDocument, insertDocument, lockSeries } from '../store.ts'

export interface IssueDocument {
  /** The dossier's id. */
  readonly subject: string
  /** The nth step of its kind in the dossier's history. */
  readonly occurrence: number
  readonly facts: NumberedFacts
  /** Whose dossier it is, for permission. */
  readonly target: Target
}

/** What a document is printed from: its number, and what it said when it was first issued. */
export interface IssuedDocument {
  readonly id: string
  readonly number: number
  readonly facts: NumberedFacts
}

const shown = ({ id, number, facts }: DocumentRow): IssuedDocument => ({ id, number, facts })

/**
 * Gives a document its number in the series of its agency, year and kind (NĐ 30/2020/NĐ-CP Art. 15), once: the same step again answers
 * with what was recorded the first time. Numbers have no gap. Refusals: access.denied.
 */
export async function issueDocument(cx: Context, { subject, occurrence, facts, target }: IssueDocument): Promise<Result<IssuedDocument>> {
  allow(cx, 'printing.issue', target)
  const key = { subject, kind: facts.kind, occurrence }
  const before = await findDocument(cx.tx, key)
  if (before) return ok(shown(before))
  const series = { ...seriesOf(facts), kind: facts.kind }
  const last = await lockSeries(cx.tx, series)
  // Somebody may have printed it while this waited for the series.
  const meanwhile = await findDocument(cx.tx, key)
  if (meanwhile) return ok(shown(meanwhile))
  const document = { id: cx.id(), ...key, number: last + 1, facts }
  await insertDocument(cx.tx, series, document, cx.now)
  const data = {
    dossierId: subject,
    kind: facts.kind,
    occurrence,
    year: series.year,
    number: document.number,
    // The log holds no personal data of its own: the digest proves that the recorded facts were not altered.
    factsSha256: createHash('sha256').update(JSON.stringify(facts)).digest('hex'),
  }
  await record(cx, { events: [{ type: 'printing.issued', subject: document.id, agencyCode: series.agencyCode, data }] })
  return ok(shown(document))
}
