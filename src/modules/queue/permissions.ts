import type { PermissionRule } from '../../kernel/access/index.ts'

/** Taking a number and looking at the screen need no account. Whoever sits at a point calls; figures are for those who answer for the counter. */
export const permissions: readonly PermissionRule[] = [
  { role: 'clerk', action: 'queue.serve', scope: 'unit' },
  { role: 'clerk', action: 'queue.figures', scope: 'unit' },
  { role: 'unit_head', action: 'queue.figures', scope: 'unit' },
  { role: 'reform_officer', action: 'queue.figures', scope: 'unit' },
  { role: 'leader', action: 'queue.figures', scope: 'unit' },
  { role: 'administrator', action: 'queue.settings', scope: 'unit' },
  { role: 'reform_officer', action: 'queue.settings', scope: 'unit' },
  { role: 'unit_head', action: 'queue.settings', scope: 'unit' },
]
