import type { PermissionRule } from '../../kernel/access/index.ts'

/** Closing a period, the province's own schemes and reported figures are everyone's: asked at the top of the province. */
export const permissions: readonly PermissionRule[] = [
  { role: 'reform_officer', action: 'index.manage', scope: 'unit' },
  { role: 'administrator', action: 'index.manage', scope: 'unit' },
  // Figures worth a second look are the reform office's: dossiers of every unit, and notes about what was found. A province may let heads of units
  // see their own (`anomaly.see` for unit_head, scope unit); nobody sees another unit's.
  { role: 'reform_officer', action: 'anomaly.see', scope: 'unit' },
  { role: 'reform_officer', action: 'anomaly.review', scope: 'unit' },
]
