import type { PermissionRule } from '../../kernel/access/index.ts'
import { officerRoles } from '../../kernel/context.ts'

/** Seeing the tree in administration; the public list of units needs no right. Changing it belongs to administrators who hold the role at the top of it. */
export const permissions: readonly PermissionRule[] = [
  ...officerRoles.map((role) => ({ role, action: 'organisation.view', scope: 'province' as const })),
  { role: 'administrator', action: 'organisation.edit', scope: 'unit' },
]
