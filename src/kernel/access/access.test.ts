import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Actor, Grant } from '../context.ts'
import { Refused, refusals } from '../errors.ts'
import { actingFor, allow, allowAtRoot, createAccess, type PermissionRule, type Scope, type Target } from './index.ts'

// H12 ⊃ H12.1 ⊃ H12.1.1, H12 ⊃ H12.2: a code lies within those it begins with, except that H12.10 is not within H12.1.
const tree = { isWithin: (code: string, ancestor: string) => code === ancestor || code.startsWith(`${ancestor}.`) }
const agencies = ['H12', 'H12.1', 'H12.1.1', 'H12.2', 'H12.10']
const rule = (role: PermissionRule['role'], scope: Scope, action = 'act'): PermissionRule => ({ role, action, scope })
const officer = (...grants: Grant[]): Actor => ({ kind: 'officer', officerId: 'me', name: 'Tôi', grants })
const at = (agencyCode: string, subtree = false, role: Grant['role'] = 'clerk'): Grant => ({ role, agencyCode, subtree })
const can = (rules: PermissionRule[], actor: Actor, target?: Target, action = 'act'): boolean =>
  createAccess(rules, tree).can(actor, action, target)

describe('what no rule allows is refused', () => {
  test('to anyone, whatever their role, on anything', () => {
    const rules = [rule('leader', 'province', 'other')]
    for (const actor of [
      officer(at('H12', true, 'administrator')),
      { kind: 'citizen', personId: 'me', name: '' } as const,
      { kind: 'anonymous' } as const,
    ]) {
      for (const target of [undefined, {}, { agencyCode: 'H12', personId: 'me', assigneeId: 'me' }])
        expect(can(rules, actor, target)).toBe(false)
    }
  })

  test('an officer without a grant has no rights, and a citizen none of an officer’s', () => {
    expect(can([rule('clerk', 'province')], officer())).toBe(false)
    expect(can([rule('clerk', 'province')], { kind: 'citizen', personId: 'me', name: '' })).toBe(false)
  })
})

describe('an officer', () => {
  test('of a unit acts there; below it only with its subtree; beside or above it never', () => {
    const reach = (grant: Grant): string[] => agencies.filter((agencyCode) => can([rule('clerk', 'unit')], officer(grant), { agencyCode }))
    expect(reach(at('H12.1'))).toEqual(['H12.1'])
    expect(reach(at('H12.1', true))).toEqual(['H12.1', 'H12.1.1'])
    expect(reach(at('H12', true))).toEqual(agencies)
  })

  test('reaches a thing through any of its agencies, and never through one that is not known', () => {
    const rules = [rule('clerk', 'unit')]
    expect(can(rules, officer(at('H12.1')), { agencyCodes: ['H12.2', null, 'H12.1'] })).toBe(true)
    expect(can(rules, officer(at('H12.1')), { agencyCode: null, agencyCodes: [undefined] })).toBe(false)
    expect(can(rules, officer(at('H12.1')), {})).toBe(false)
  })

  test('with “own” acts only on what is assigned to them, at their unit', () => {
    const rules = [rule('specialist', 'own')]
    const me = officer(at('H12.1', false, 'specialist'))
    expect(can(rules, me, { agencyCode: 'H12.1', assigneeId: 'me' })).toBe(true)
    expect(can(rules, me, { agencyCode: 'H12.1', assigneeId: 'other' })).toBe(false)
    expect(can(rules, me, { agencyCode: 'H12.1', assigneeId: null })).toBe(false)
    expect(can(rules, me, { agencyCode: 'H12.2', assigneeId: 'me' })).toBe(false)
  })

  test('holds two roles apart: the rights of one do not follow to the place of the other', () => {
    const rules = [rule('leader', 'unit'), rule('clerk', 'unit', 'other')]
    const me = officer(at('H12.1', false, 'leader'), at('H12.2'))
    expect(can(rules, me, { agencyCode: 'H12.1' })).toBe(true)
    expect(can(rules, me, { agencyCode: 'H12.2' })).toBe(false)
    expect(can(rules, me, { agencyCode: 'H12.2' }, 'other')).toBe(true)
  })
})

describe('a citizen', () => {
  const citizen = { kind: 'citizen', personId: 'me', name: '' } as const
  test('acts on what is theirs and nothing else', () => {
    const rules = [rule('citizen', 'own')]
    expect(can(rules, citizen, { personId: 'me' })).toBe(true)
    expect(can(rules, citizen, { personIds: ['other', null, 'me'] })).toBe(true)
    for (const target of [{ personId: 'other' }, { personId: null }, {}, { agencyCode: 'H12' }])
      expect(can(rules, citizen, target)).toBe(false)
  })
})

test('what is reached on a list is what is allowed one by one', () => {
  const role = fc.constantFrom('clerk' as const, 'leader' as const)
  const grants = fc.array(fc.record({ role, agencyCode: fc.constantFrom(...agencies), subtree: fc.boolean() }), { maxLength: 3 })
  const rules = fc.array(fc.record({ role, action: fc.constant('act'), scope: fc.constantFrom('unit' as const, 'province' as const) }), {
    maxLength: 3,
  })
  fc.assert(
    fc.property(rules, grants, fc.constantFrom(...agencies), (given, held, agencyCode) => {
      const access = createAccess(given, tree)
      const actor = officer(...held)
      const reach = access.reach(actor, 'act')
      const listed =
        reach === 'all' || reach.some(({ code, subtree }) => code === agencyCode || (subtree && tree.isWithin(agencyCode, code)))
      expect(listed).toBe(access.can(actor, 'act', { agencyCode }))
    }),
  )
})

test('one more rule or grant never takes a right away', () => {
  const scope = fc.constantFrom('own' as const, 'unit' as const, 'province' as const)
  const aRule = fc.record({ role: fc.constantFrom('clerk' as const, 'leader' as const), action: fc.constant('act'), scope })
  const aGrant = fc.record({
    role: fc.constantFrom('clerk' as const, 'leader' as const),
    agencyCode: fc.constantFrom(...agencies),
    subtree: fc.boolean(),
  })
  const target = fc.record({ agencyCode: fc.constantFrom(...agencies), assigneeId: fc.constantFrom('me', 'other') })
  fc.assert(
    fc.property(fc.array(aRule), fc.array(aGrant), aRule, aGrant, target, (rules, grants, more, another, what) => {
      fc.pre(can(rules, officer(...grants), what))
      expect(can([...rules, more], officer(...grants, another), what)).toBe(true)
    }),
  )
})

describe('what holds for the whole province', () => {
  const rules = [rule('clerk', 'unit')]
  const may = (grant: Grant, root: string | undefined, given = rules): boolean =>
    createAccess(given, { ...tree, root: () => root }).canAtRoot(officer(grant), 'act')

  test('is for whoever holds the role at its top, not for the same role below', () => {
    expect(may(at('H12'), 'H12')).toBe(true)
    expect(may(at('H12.1', true), 'H12')).toBe(false)
    expect(may(at('H12', true, 'leader'), 'H12')).toBe(false)
    expect(may(at('H12.1'), 'H12', [rule('clerk', 'province')])).toBe(true)
  })

  test('is for nobody while the top is not known', () => {
    expect(may(at('H12', true), undefined)).toBe(false)
    expect(createAccess(rules, tree).canAtRoot(officer(at('H12', true)), 'act')).toBe(false)
  })

  test('is refused on the first line of a command', () => {
    const access = createAccess(rules, { ...tree, root: () => 'H12' })
    const [top, below] = [officer(at('H12')), officer(at('H12.1'))]
    expect(allowAtRoot({ access, actor: top }, 'act')).toBe(top)
    expect(() => allowAtRoot({ access, actor: below }, 'act')).toThrow(Refused)
  })
})

test('the first line of a command gives back who acts, or asks to sign in, or refuses', () => {
  const access = createAccess([rule('clerk', 'unit')], tree)
  const clerk = officer(at('H12.1'))
  expect(allow({ access, actor: clerk }, 'act', { agencyCode: 'H12.1' })).toBe(clerk)
  const refusalOf = (actor: Actor): unknown => {
    try {
      return allow({ access, actor }, 'act', { agencyCode: 'H12.2' })
    } catch (error) {
      return error instanceof Refused ? error.refusal : error
    }
  }
  expect(refusalOf(clerk)).toBe(refusals.denied)
  expect(refusalOf({ kind: 'anonymous' })).toBe(refusals.signInNeeded)
  expect(refusalOf({ kind: 'system', name: 'job' })).toEqual({ kind: 'system', name: 'job' })
})

describe('while somebody is away', () => {
  const rules = [rule('specialist', 'own'), rule('specialist', 'unit', 'read')]
  const lent: Grant = { ...at('H12.1', false, 'specialist'), onBehalfOf: { officerId: 'absent', name: 'Vắng' } }
  const theirs: Target = { agencyCode: 'H12.1', assigneeId: 'absent' }
  const access = createAccess(rules, tree)

  test('whoever holds their role does what waits for them, in their place, and nothing more', () => {
    expect(access.can(officer(lent), 'act', theirs)).toBe(true)
    expect(access.can(officer(at('H12.1', false, 'specialist')), 'act', theirs)).toBe(false)
    expect(access.can(officer(lent), 'act', { ...theirs, assigneeId: 'third' })).toBe(false)
    expect(access.can(officer(lent), 'act', { ...theirs, agencyCode: 'H12.2' })).toBe(false)
  })

  test('it is said in whose place, only where their own role would not do', () => {
    expect(actingFor(access, officer(lent), 'act', theirs)).toEqual({ officerId: 'absent', name: 'Vắng' })
    expect(
      actingFor(access, officer(at('H12.1', false, 'specialist'), lent), 'act', { agencyCode: 'H12.1', assigneeId: 'me' }),
    ).toBeUndefined()
    expect(actingFor(access, officer(at('H12.1', false, 'specialist'), lent), 'read', theirs)).toBeUndefined()
    expect(actingFor(access, officer(at('H12.2', false, 'specialist')), 'act', theirs)).toBeUndefined()
  })
})
