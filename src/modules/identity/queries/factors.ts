import type { App } from '../../../kernel/app.ts'
import { dayOf } from '../../../kernel/clock.ts'
import type { Grant } from '../../../kernel/context.ts'
import { TOTP_SEAL } from '../commands/prove-factor.ts'
import { comingDecisions, type FactorDecision, type FactorLevel, levelFor, policyOn, WEIGHTY } from '../rules/factor-policy.ts'
import { unseal } from '../seal.ts'
import {
  type FactorRow,
  factorDecisions,
  factorsOf,
  freshMinutes,
  recoverySet,
  rolesOn,
  someSecret,
  withoutFactor,
} from '../store/factors.ts'

type Host = Pick<App, 'db' | 'province' | 'clock'>

export interface OwnFactors {
  readonly factors: readonly FactorRow[]
  /** Recovery codes not yet used. */
  readonly recoveryLeft: number
  /** What the officer's roles ask today. */
  readonly level: FactorLevel
}

/** An officer's second factors, and what is asked of them. */
export async function ownFactors({ db, province, clock }: Host, officerId: string): Promise<OwnFactors> {
  const day = dayOf(clock())
  return db.snapshot(province, async (tx) => ({
    factors: await factorsOf(tx, officerId),
    recoveryLeft: (await recoverySet(tx, officerId))?.left ?? 0,
    level: levelFor(await rolesOn(tx, officerId, day), policyOn(await factorDecisions(tx), day)),
  }))
}

export interface FactorPolicy {
  readonly today: Readonly<Record<Grant['role'], FactorLevel>>
  readonly coming: readonly FactorDecision[]
  readonly freshMinutes: number
  /** Officers without a factor whose role opens much, by user name. */
  readonly without: readonly { username: string; role: Grant['role'] }[]
}

/** What roles ask for now and later, and who of those that open much has a password only. */
export async function factorPolicy({ db, province, clock }: Host): Promise<FactorPolicy> {
  const now = clock()
  const day = dayOf(now)
  return db.snapshot(province, async (tx) => {
    const decisions = await factorDecisions(tx)
    return {
      today: policyOn(decisions, day),
      coming: comingDecisions(decisions, day),
      freshMinutes: await freshMinutes(tx, now),
      without: await withoutFactor(tx, WEIGHTY, day),
    }
  })
}

const NAMED = 5

/** For `cuaso doctor`: who should have a second factor and has none, and whether the installation's secret still opens what was sealed. */
export async function examineFactors(app: Pick<App, 'db' | 'province' | 'clock' | 'secret' | 'config'>) {
  const { secret: own } = app
  const sealed = await app.db.read(app.province, someSecret)
  if (sealed && !unseal(own, TOTP_SEAL, sealed.officerId, sealed.sealedSecret))
    return { ok: false, detail: 'SESSION_SECRET is not the one under which the officers’ apps were set up: their codes open nothing' }
  const without = await app.db.read(app.province, (tx) => withoutFactor(tx, WEIGHTY, dayOf(app.clock())))
  if (app.config.DEMO) return { ok: true, detail: 'demo: not asked for' }
  if (without.length === 0) return { ok: true, detail: 'administrators, reform officers and those who sign all have one' }
  const names = without.slice(0, NAMED).map(({ username, role }) => `${username} (${role})`)
  const more = without.length > NAMED ? ` and ${without.length - NAMED} more` : ''
  return { ok: true, warning: true, detail: `a password only: ${names.join(', ')}${more}` }
}
