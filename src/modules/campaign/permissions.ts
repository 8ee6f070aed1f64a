import type { PermissionRule } from '../../kernel/access/index.ts'
import { officerRoles } from '../../kernel/context.ts'

/**
 * Whoever works in the province may see what is aimed at and who stands where: that is what a campaign is for. The reform office sets
 * targets, leads campaigns, reminds and drafts letters. A task is done by whom it was given to, or by the head of the unit it was given to.
 */
export const permissions: readonly PermissionRule[] = [
  ...officerRoles.map((role) => ({ role, action: 'campaign.see', scope: 'province' as const })),
  ...(['reform_officer', 'administrator'] as const).flatMap((role) =>
    ['campaign.targets', 'campaign.lead', 'campaign.remind', 'campaign.letters', 'campaign.finish-task'].map((action) => ({
      role,
      action,
      scope: 'unit' as const,
    })),
  ),
  { role: 'leader', action: 'campaign.letters', scope: 'unit' },
  { role: 'unit_head', action: 'campaign.finish-task', scope: 'unit' },
  { role: 'specialist', action: 'campaign.finish-task', scope: 'own' },
  { role: 'clerk', action: 'campaign.finish-task', scope: 'own' },
]
