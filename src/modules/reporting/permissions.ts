import type { PermissionRule } from '../../kernel/access/index.ts'
import type { Role } from '../../kernel/context.ts'

const readers: readonly Role[] = ['leader', 'reform_officer', 'administrator', 'unit_head']

/** Reports hold figures and no person's data: whoever sees the board reads them. How they are made is the reform office's. */
export const permissions: readonly PermissionRule[] = [
  ...readers.map((role): PermissionRule => ({ role, action: 'report.see', scope: 'province' })),
  ...readers.map((role): PermissionRule => ({ role, action: 'report.build', scope: 'province' })),
  { role: 'reform_officer', action: 'report.settings', scope: 'unit' },
  { role: 'administrator', action: 'report.settings', scope: 'unit' },
]
