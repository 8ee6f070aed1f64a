import type { PermissionRule } from '../../kernel/access/index.ts'

/** Who may come in at the administration door, and who looks after the running system: jobs are everyone's, so only administrators at the top of the province see them. */
export const permissions: readonly PermissionRule[] = [
  { role: 'administrator', action: 'admin.enter', scope: 'unit' },
  { role: 'unit_head', action: 'admin.enter', scope: 'unit' },
  { role: 'leader', action: 'admin.enter', scope: 'unit' },
  { role: 'reform_officer', action: 'admin.enter', scope: 'unit' },
  { role: 'administrator', action: 'ops.jobs', scope: 'unit' },
  { role: 'administrator', action: 'ops.health', scope: 'unit' },
]
