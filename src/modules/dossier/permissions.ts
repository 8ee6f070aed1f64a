import type { PermissionRule, Scope } from '../../kernel/access/index.ts'
import type { Role } from '../../kernel/context.ts'

const may = (role: Role, scope: Scope, ...actions: string[]): PermissionRule[] =>
  actions.map((action) => ({ role, action: `dossier.${action}`, scope }))

/**
 * Who does what to dossiers. `unit` is the agency that resolves it or the counter that received it; `own` is the applicant's or the
 * specialist's dossier. Deciding, signing and receiving stay with different roles.
 */
export const permissions: readonly PermissionRule[] = [
  ...may('citizen', 'own', 'submit', 'read', 'answer-supplement', 'withdraw', 'resume'),
  ...may('citizen', 'own', 'message', 'choose-collection', 'ask-trial'),
  // Words with the applicant: whoever has the dossier on their desk. Drafts are looked at by the counter.
  ...may('clerk', 'unit', 'message', 'answer-trial'),
  ...may('specialist', 'unit', 'message'),
  ...may('unit_head', 'unit', 'message', 'answer-trial'),
  ...may('clerk', 'unit', 'submit', 'assist', 'read', 'list', 'see-number', 'receive', 'refuse', 'assign', 'note', 'answer-supplement'),
  ...may('clerk', 'unit', 'return', 'withdraw', 'resume', 'stop', 'pay', 'digitise', 'request-supplement', 'settle-payment'),
  ...may('clerk', 'unit', 'mark-uncollected', 'correct', 'undo'),
  ...may('specialist', 'unit', 'read', 'list'),
  ...may('specialist', 'own', 'see-number', 'note', 'request-supplement', 'submit-for-signature', 'digitise'),
  ...may('specialist', 'own', 'request-payment', 'settle-payment', 'undo'),
  ...may('unit_head', 'unit', 'read', 'list', 'see-number', 'assign', 'note', 'request-supplement', 'send-back', 'issue', 'stop'),
  ...may('unit_head', 'unit', 'refuse', 'request-payment', 'settle-payment', 'extend', 'recall', 'transfer', 'resume', 'mark-uncollected'),
  // Taking back anybody's step, and correcting what is closed, is the head's to answer for.
  ...may('unit_head', 'unit', 'correct', 'correct-closed', 'undo', 'undo-any'),
  // Another agency's opinion, its steps in somebody else's dossier, and dossiers that belong together.
  ...may('specialist', 'own', 'ask-opinion', 'remind-opinion', 'cancel-opinion'),
  ...may(
    'unit_head',
    'unit',
    'ask-opinion',
    'remind-opinion',
    'cancel-opinion',
    'answer-opinion',
    'finish-step',
    'end-step',
    'reassign',
    'link',
  ),
  ...may('specialist', 'unit', 'answer-opinion', 'finish-step'),
  ...may('clerk', 'unit', 'finish-step', 'link'),
  ...may('administrator', 'unit', 'transfer'),
  ...may('reform_officer', 'unit', 'transfer', 'reschedule'),
  ...may('administrator', 'unit', 'reschedule'),
  ...may('reform_officer', 'unit', 'read', 'list', 'note'),
  ...may('leader', 'unit', 'read', 'list'),
]
