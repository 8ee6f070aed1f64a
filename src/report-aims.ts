import { gapTo, readTargets, targetFor } from './modules/campaign/index.ts'
import type { ReadAims } from './modules/reporting/index.ts'

/** What the weekly report measures units by: the targets that campaigns and plans have set. The one place that says where they are kept. */
export const readAims: ReadAims = async (tx, day) => {
  // A rate that should stay low has no dossiers to win.
  const targets = (await readTargets(tx)).filter(({ comparator }) => comparator === 'at_least')
  const thresholds = new Set(targets.filter(({ certainty }) => certainty === 'threshold').map(({ id }) => id))
  return (rate, whose) => {
    const unit = whose && { code: '', validFrom: '', ...whose }
    const target = targetFor(targets, { kind: 'rate', code: rate }, unit, day)
    if (!target) return undefined
    const gapAt = ({ n, d }: { n: number; d: number }) => gapTo(target, { numerator: n, denominator: d })
    return {
      value: target.value,
      source: target.source,
      threshold: thresholds.has(target.id),
      gapOf: (share) => (share.d === 0 ? null : gapAt(share).among),
      aheadOf: (share) => (share.d === 0 ? null : gapAt(share).ahead),
    }
  }
}
