import type { PermissionRule } from '../../kernel/access/index.ts'

/** Who looks after officers, roles and rights. Delegating needs no action of its own: one can hand on only a role one holds. */
export const permissions: readonly PermissionRule[] = [
  { role: 'administrator', action: 'identity.see-officers', scope: 'unit' },
  { role: 'administrator', action: 'identity.create-officer', scope: 'unit' },
  { role: 'administrator', action: 'identity.grant-role', scope: 'unit' },
  { role: 'administrator', action: 'identity.revoke-role', scope: 'unit' },
  { role: 'administrator', action: 'identity.deactivate-officer', scope: 'unit' },
  { role: 'administrator', action: 'identity.reset-password', scope: 'unit' },
  { role: 'administrator', action: 'identity.reset-factor', scope: 'unit' },
  { role: 'administrator', action: 'identity.see-permissions', scope: 'unit' },
  { role: 'administrator', action: 'identity.change-permissions', scope: 'unit' },
  { role: 'unit_head', action: 'identity.see-officers', scope: 'unit' },
  { role: 'leader', action: 'identity.see-officers', scope: 'unit' },
  { role: 'clerk', action: 'identity.delegate', scope: 'unit' },
  { role: 'specialist', action: 'identity.delegate', scope: 'unit' },
  { role: 'unit_head', action: 'identity.delegate', scope: 'unit' },
  { role: 'reform_officer', action: 'identity.delegate', scope: 'unit' },
  { role: 'leader', action: 'identity.delegate', scope: 'unit' },
  { role: 'administrator', action: 'identity.delegate', scope: 'unit' },
]
