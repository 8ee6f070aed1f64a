import type { PermissionRule } from '../../kernel/access/index.ts'
import { officerRoles } from '../../kernel/context.ts'

/**
 * The catalogue itself is public. Its administration is seen by every officer and changed by those who answer for procedures: they hold
 * the role at the top of the province, because a time limit or a fee holds for every unit of it.
 */
export const permissions: readonly PermissionRule[] = [
  ...officerRoles.map((role) => ({ role, action: 'catalogue.view', scope: 'province' as const })),
  { role: 'reform_officer', action: 'catalogue.publish', scope: 'unit' },
  { role: 'administrator', action: 'catalogue.publish', scope: 'unit' },
]
