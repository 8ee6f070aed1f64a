import type { PermissionRule } from '../../kernel/access/index.ts'

/** Figures of the whole province are for those who answer for them; a unit head sees where their unit stands among the others. */
export const permissions: readonly PermissionRule[] = [
  { role: 'leader', action: 'board.see', scope: 'province' },
  { role: 'reform_officer', action: 'board.see', scope: 'province' },
  { role: 'administrator', action: 'board.see', scope: 'province' },
  { role: 'unit_head', action: 'board.see', scope: 'province' },
  { role: 'leader', action: 'board.national', scope: 'province' },
  { role: 'reform_officer', action: 'board.national', scope: 'province' },
]
