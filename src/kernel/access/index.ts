import type { Actor, Context, Grant, Role } from '../context.ts'
import { type Refusal, Refused, refusals } from '../errors.ts'

/**
 * How far a role reaches with an action.
 * - `own`: what is theirs (a citizen's dossier, a dossier assigned to the officer)
 * - `unit`: the agency where the role is held (and below it, when the grant says subtree)
 * - `province`: everywhere in the province
 */
export type Scope = 'own' | 'unit' | 'province'

/** One line of the permission table. What no line allows is refused. */
export interface PermissionRule {
  readonly role: Role
  readonly action: string
  readonly scope: Scope
}

/** What an action is done to. Any of the agencies is enough; `personIds` are the people whose thing it is. */
export interface Target {
  readonly agencyCode?: string | null
  readonly agencyCodes?: readonly (string | null | undefined)[]
  readonly assigneeId?: string | null
  readonly personId?: string | null
  readonly personIds?: readonly (string | null | undefined)[]
}

/** The agency tree, as far as permission needs it. Day is today's: rights follow the tree of now. */
export interface Tree {
  isWithin(code: string, ancestor: string): boolean
  /** The agency at the top of the province. While it is not known, nothing that needs it is allowed. */
  root?(): string | undefined
}

export interface Access {
  /** Whether the actor may do this; without a target: whether they may do it anywhere at all. */
  can(actor: Actor, action: string, target?: Target): boolean
  /** Whether the actor may do this for the whole province: they hold a role for it at the province's top agency. */
  canAtRoot(actor: Actor, action: string): boolean
  /** Agencies where the actor may do this: `all`, or the codes of grants (`subtree` = and everything below). */
  reach(actor: Actor, action: string): 'all' | readonly { code: string; subtree: boolean }[]
  readonly rules: readonly PermissionRule[]
}

/** Builds the judge from permission data and the tree. Pure: no database, no clock. */
export function createAccess(rules: readonly PermissionRule[], tree: Tree): Access {
  const scopes = new Map<string, Scope[]>()
  for (const rule of rules) {
    const key = `${rule.role} ${rule.action}`
    scopes.set(key, [...(scopes.get(key) ?? []), rule.scope])
  }
  const scopesOf = (role: Role, action: string): readonly Scope[] => scopes.get(`${role} ${action}`) ?? []

  const citizenMay = (personId: string, action: string, target?: Target): boolean => {
    const given = scopesOf('citizen', action)
    if (given.includes('province')) return true
    if (!given.includes('own')) return false
    return target === undefined || [target.personId, ...(target.personIds ?? [])].includes(personId)
  }

  const officerMay = (actor: Extract<Actor, { kind: 'officer' }>, action: string, target?: Target): boolean => {
    const agencies = target && [target.agencyCode, ...(target.agencyCodes ?? [])].filter((code) => typeof code === 'string')
    return actor.grants.some((grant) => {
      const behalf = grant.onBehalfOf?.officerId
      return scopesOf(grant.role, action).some((scope) => {
        if (scope === 'province' || target === undefined) return true
        const inReach = agencies?.some((code) => code === grant.agencyCode || (grant.subtree && tree.isWithin(code, grant.agencyCode)))
        if (!inReach) return false
        return scope === 'unit' || target.assigneeId === actor.officerId || (behalf !== undefined && target.assigneeId === behalf)
      })
    })
  }

  const can: Access['can'] = (actor, action, target) => {
    if (actor.kind === 'system') return true
    if (actor.kind === 'citizen') return citizenMay(actor.personId, action, target)
    if (actor.kind === 'officer') return officerMay(actor, action, target)
    return false
  }

  return {
    rules,
    can,
    canAtRoot: (actor, action) => can(actor, action, { agencyCode: tree.root?.() ?? null }),
    reach: (actor, action) => {
      if (actor.kind === 'system') return 'all'
      if (actor.kind !== 'officer') return []
      const reached = actor.grants.filter((grant) => scopesOf(grant.role, action).length > 0)
      if (reached.some((grant) => scopesOf(grant.role, action).includes('province'))) return 'all'
      return reached.map(({ agencyCode, subtree }) => ({ code: agencyCode, subtree }))
    },
  }
}

/**
 * In whose place an officer does this: they may do it only through a role that was handed on to them. Undefined when they may
 * themselves, or not at all.
 */
export function actingFor(access: Access, actor: Actor, action: string, target?: Target): Grant['onBehalfOf'] {
  if (actor.kind !== 'officer' || !actor.grants.some(({ onBehalfOf }) => onBehalfOf)) return undefined
  const own = actor.grants.filter(({ onBehalfOf }) => onBehalfOf === undefined)
  if (access.can({ ...actor, grants: own }, action, target)) return undefined
  return actor.grants.find((grant) => grant.onBehalfOf && access.can({ ...actor, grants: [grant] }, action, target))?.onBehalfOf
}

const refusalFor = (actor: Actor): Refusal => (actor.kind === 'anonymous' ? refusals.signInNeeded : refusals.denied)

/** The first line of a command: returns who acts, or refuses. Throws `Refused`, which the command runner turns into a `Result`. */
export function allow(cx: Pick<Context, 'access' | 'actor'>, action: string, target?: Target): Actor {
  if (!cx.access.can(cx.actor, action, target)) throw new Refused(refusalFor(cx.actor))
  return cx.actor
}

/** As `allow`, for what holds for the whole province: the role is needed at the province's top agency. */
export function allowAtRoot(cx: Pick<Context, 'access' | 'actor'>, action: string): Actor {
  if (!cx.access.canAtRoot(cx.actor, action)) throw new Refused(refusalFor(cx.actor))
  return cx.actor
}
