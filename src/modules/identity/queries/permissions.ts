import type { App } from '../../../kernel/app.ts'
import { latestRuleChanges, permissionMatrix } from '../store/permissions.ts'
import { sessionPolicies } from '../store/sessions.ts'

type Host = Pick<App, 'db' | 'province' | 'clock'>

/** Actions by name, with how far each role reaches; and the last changes that people made. */
export const permissionTable = ({ db, province }: Host) =>
  db.snapshot(province, async (tx) => ({ matrix: await permissionMatrix(tx), changes: await latestRuleChanges(tx, 20) }))

/** How long sessions last now, for citizens and for officers. */
export const presentPolicies = ({ db, province, clock }: Host) => db.read(province, (tx) => sessionPolicies(tx, clock()))
