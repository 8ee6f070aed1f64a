import type { PermissionRule } from '../../kernel/access/index.ts'
import { officerRoles } from '../../kernel/context.ts'

/**
 * A person writes their own drafts; a clerk writes one for the person standing at the counter (always recorded as assisted).
 * Every officer sees the forms; those who answer for procedures change them, at the top of the province: a form is one for all its units.
 */
export const permissions: readonly PermissionRule[] = [
  { role: 'citizen', action: 'form.draft', scope: 'own' },
  { role: 'clerk', action: 'form.draft', scope: 'province' },
  ...officerRoles.map((role) => ({ role, action: 'form.view', scope: 'province' as const })),
  { role: 'reform_officer', action: 'form.publish', scope: 'unit' },
  { role: 'administrator', action: 'form.publish', scope: 'unit' },
]
