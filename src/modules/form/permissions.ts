import type { PermissionRule } from '../../kernel/access/index.ts'

/** A person writes their own drafts; a clerk writes one for the person standing at the counter (always recorded as assisted). */
export const permissions: readonly PermissionRule[] = [
  { role: 'citizen', action: 'form.draft', scope: 'own' },
  { role: 'clerk', action: 'form.draft', scope: 'province' },
]
