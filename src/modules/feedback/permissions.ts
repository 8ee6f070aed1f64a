import type { PermissionRule, Scope } from '../../kernel/access/index.ts'
import type { Role } from '../../kernel/context.ts'

const may = (role: Role, scope: Scope, ...actions: string[]): PermissionRule[] =>
  actions.map((action) => ({ role, action: `feedback.${action}`, scope }))

const WORK = ['classify', 'assign', 'refuse', 'ask', 'accept', 'transfer', 'draft', 'note'] as const

/**
 * Who does what to petitions and ratings. `unit` is the unit that has the petition; `own` is what was assigned to the officer, or what
 * the citizen filed. Petitions about staff are read only by those who may act on them, and the answer is signed by a head.
 */
export const permissions: readonly PermissionRule[] = [
  ...may('citizen', 'own', 'rate', 'supply', 'reraise', 'withdraw'),
  ...may('citizen', 'province', 'vote'),
  ...may('clerk', 'unit', 'record', 'list', 'read', 'kiosk'),
  ...may('specialist', 'unit', 'list', 'read'),
  ...may('specialist', 'own', 'read-staff', 'see-petitioner', 'classify', 'ask', 'accept', 'draft', 'note'),
  ...may('unit_head', 'unit', 'list', 'read', 'read-staff', 'see-petitioner', 'figures', 'kiosk', ...WORK),
  ...may('unit_head', 'unit', 'send-back', 'sign', 'publish', 'unpublish'),
  ...may('reform_officer', 'unit', 'list', 'read', 'read-staff', 'see-petitioner', 'figures', 'record', ...WORK),
  ...may('reform_officer', 'unit', 'publish', 'unpublish'),
  ...may('leader', 'unit', 'list', 'read', 'read-staff', 'figures'),
  ...may('administrator', 'unit', 'settings'),
  ...may('reform_officer', 'unit', 'settings'),
]
