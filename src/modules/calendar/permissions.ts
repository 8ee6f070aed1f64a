import type { PermissionRule } from '../../kernel/access/index.ts'
import { officerRoles } from '../../kernel/context.ts'

/**
 * Every officer may look the calendar up; a local day off moves deadlines, so only administrators enter one: for the agencies they reach,
 * and for the whole province when they hold the role at its top.
 */
export const permissions: readonly PermissionRule[] = [
  ...officerRoles.map((role) => ({ role, action: 'calendar.view', scope: 'province' as const })),
  { role: 'administrator', action: 'calendar.edit', scope: 'unit' },
]
