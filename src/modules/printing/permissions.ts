import type { PermissionRule } from '../../kernel/access/index.ts'
import { officerRoles } from '../../kernel/context.ts'

/**
 * Whoever may read a dossier may print what was issued about it. The register names everybody who came in a period, so only those who
 * answer for it print it. Form sets are looked at where procedures are kept.
 */
export const permissions: readonly PermissionRule[] = [
  { role: 'citizen', action: 'printing.issue', scope: 'own' },
  ...officerRoles.filter((role) => role !== 'administrator').map((role) => ({ role, action: 'printing.issue', scope: 'unit' as const })),
  ...(['clerk', 'unit_head', 'reform_officer', 'leader'] as const).map((role) => ({
    role,
    action: 'printing.register',
    scope: 'unit' as const,
  })),
  { role: 'reform_officer', action: 'printing.view', scope: 'province' },
  { role: 'administrator', action: 'printing.view', scope: 'province' },
]
