import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { creationOptions, newChallenge, readChallenge, verifyNewPasskey, verifyPasskey } from './passkey.ts'
import { newRecoveryCodes } from './recovery.ts'
import { comingDecisions, type FactorDecision, levelFor, policyOn } from './rules/factor-policy.ts'
import { normaliseRecoveryCode } from './rules/recovery-code.ts'
import { judgeSteps, normaliseCode, STEP_SECONDS, stepsAround } from './rules/totp-step.ts'
import { readSigned, seal, sign, unseal } from './seal.ts'
import type { FactorRow } from './store/factors.ts'
import { enrolment, matchingSteps } from './totp.ts'

describe('the code of an app', () => {
  const secret = Buffer.from('12345678901234567890')

  test.each([
    [59, '287082'],
    [1111111109, '081804'],
    [1111111111, '050471'],
    [1234567890, '005924'],
    [2000000000, '279037'],
    [20000000000, '353130'],
  ])('at second %i of the epoch is the one RFC 6238 prints', async (seconds, code) => {
    expect(await matchingSteps(secret, code, seconds)).toContain(Math.floor(seconds / STEP_SECONDS))
  })

  test('counts half a minute before and after, not longer', async () => {
    const step = Math.floor(1234567890 / STEP_SECONDS)
    for (const [shift, there] of [
      [-2, false],
      [-1, true],
      [0, true],
      [1, true],
      [2, false],
    ] as const)
      expect((await matchingSteps(secret, '005924', 1234567890 + shift * STEP_SECONDS)).includes(step), `${shift}`).toBe(there)
    expect(stepsAround(59)).toEqual([0, 1, 2])
  })

  test('is accepted once, and nothing older after it', () => {
    expect(judgeSteps([7], null)).toEqual({ step: 7 })
    expect(judgeSteps([7], 6)).toEqual({ step: 7 })
    expect(judgeSteps([7], 7)).toBe('used')
    expect(judgeSteps([6], 7)).toBe('used')
    expect(judgeSteps([], 7)).toBe('wrong')
  })

  test('may be typed with spaces; anything but six digits is none', () => {
    for (const typed of ['123456', '123 456', ' 123-456 ', '123.456']) expect(normaliseCode(typed)).toBe('123456')
    for (const typed of ['', '12345', '1234567', 'abcdef', '１２３４５６']) expect(normaliseCode(typed)).toBe('')
  })

  test('comes from a key that any app can read', async () => {
    const { key, uri } = await enrolment(secret, { issuer: 'Cửa Số Tỉnh Cà Mau', account: 'quantri' })
    expect(key.replaceAll(' ', '')).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')
    const address = new URL(uri)
    expect(address.href).toMatch(/^otpauth:\/\/totp\//)
    expect(decodeURIComponent(address.pathname)).toContain('Cửa Số Tỉnh Cà Mau:quantri')
    expect(Object.fromEntries(address.searchParams)).toMatchObject({ algorithm: 'SHA1', digits: '6', period: '30' })
  })
})

describe('recovery codes', () => {
  test('are ten, all different, without letters that look alike', () => {
    const codes = newRecoveryCodes()
    expect(new Set(codes).size).toBe(10)
    for (const code of codes) expect(code).toMatch(/^[a-hjkmnp-z2-9]{5}-[a-hjkmnp-z2-9]{5}$/)
  })

  test('are read in any spelling a person copies them in', () => {
    const [code = ''] = newRecoveryCodes()
    const plain = code.replace('-', '')
    for (const typed of [code, plain, code.toUpperCase(), ` ${code.replace('-', ' – ')} `]) expect(normaliseRecoveryCode(typed)).toBe(plain)
    for (const typed of ['', 'abc', `${code}x`, 'lllll-00000']) expect(normaliseRecoveryCode(typed)).toBe('')
  })
})

describe('what is kept of a secret', () => {
  test('opens for its owner under the same installation, and for nobody else, nor when a bit of it changed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.uuid(), fc.nat(), (plain, owner, at) => {
        const sealed = seal('khoa cua may nay', 'muc dich', owner, plain)
        expect(Buffer.from(unseal('khoa cua may nay', 'muc dich', owner, sealed) ?? [9]).equals(Buffer.from(plain))).toBe(true)
        expect(unseal('khoa khac', 'muc dich', owner, sealed)).toBeUndefined()
        expect(unseal('khoa cua may nay', 'viec khac', owner, sealed)).toBeUndefined()
        expect(unseal('khoa cua may nay', 'muc dich', `${owner}x`, sealed)).toBeUndefined()
        const changed = Uint8Array.from(sealed)
        changed[at % changed.length] = (changed[at % changed.length] ?? 0) ^ 1
        expect(unseal('khoa cua may nay', 'muc dich', owner, changed)).toBeUndefined()
      }),
      { numRuns: 50 },
    )
  })

  test('what was signed counts until its time, for its owner', () => {
    const signed = sign('khoa', 'viec', 'a', 'chữ', 1000)
    expect(readSigned('khoa', 'viec', 'a', signed, 999)).toBe('chữ')
    expect(readSigned('khoa', 'viec', 'a', signed, 1000)).toBeUndefined()
    expect(readSigned('khoa', 'viec', 'b', signed, 0)).toBeUndefined()
    expect(readSigned('khoa', 'viec', 'a', signed.replace('.1000.', '.9000.'), 0)).toBeUndefined()
    expect(readSigned('khoa', 'viec', 'a', '', 0)).toBeUndefined()
  })
})

describe('a passkey', () => {
  const party = { origin: 'https://dichvucong.camau.gov.vn', name: 'Cửa Số Tỉnh Cà Mau' }
  const officer = { id: '01930000-0000-7000-8000-000000000016', username: 'quantri', name: 'Tạ Nhật Vy' }

  test('is asked for the house it was made for, and a question is this officer’s for ten minutes', () => {
    const { challenge, signed } = newChallenge('khoa', officer.id, 0)
    expect(creationOptions(party, officer, challenge, []).rp.id).toBe('dichvucong.camau.gov.vn')
    expect(readChallenge('khoa', officer.id, signed, 9 * 60_000)).toBe(challenge)
    expect(readChallenge('khoa', officer.id, signed, 10 * 60_000)).toBeUndefined()
    expect(readChallenge('khoa', 'somebody else', signed, 0)).toBeUndefined()
  })

  test('an answer that is none is refused without a fuss', async () => {
    const factor = { credentialId: 'x', publicKey: randomBytes(77), signCount: 0 } as unknown as FactorRow
    for (const answer of ['', '{', 'null', '{}', '{"id":"x"}', JSON.stringify({ id: 'x', rawId: 'x', type: 'public-key', response: {} })]) {
      expect(await verifyNewPasskey(party, 'c', answer)).toBeUndefined()
      expect(await verifyPasskey(party, 'c', answer, factor)).toBeUndefined()
    }
  })
})

describe('what roles ask for', () => {
  const decision = (role: FactorDecision['role'], level: FactorDecision['level'], validFrom: string): FactorDecision => ({
    role,
    level,
    validFrom,
  })

  test('the decision made last counts from its day; what it overtakes never comes', () => {
    const made = [
      decision('leader', 'offered', '2026-01-01'),
      decision('leader', 'required', '2026-12-15'),
      decision('clerk', 'none', '2026-01-01'),
    ]
    expect(policyOn(made, '2026-12-14').leader).toBe('offered')
    expect(policyOn(made, '2026-12-15').leader).toBe('required')
    expect(policyOn(made, '2026-12-15').administrator).toBe('none')
    expect(comingDecisions(made, '2026-11-22')).toEqual([made[1]])
    const withdrawn = [...made, decision('leader', 'offered', '2026-11-22')]
    expect(policyOn(withdrawn, '2026-12-15').leader).toBe('offered')
    expect(comingDecisions(withdrawn, '2026-11-22')).toEqual([])
  })

  test('an officer is asked what the strictest of their roles asks', () => {
    const policy = policyOn([decision('leader', 'required', '2026-01-01'), decision('clerk', 'offered', '2026-01-01')], '2026-02-01')
    expect(levelFor(['clerk'], policy)).toBe('offered')
    expect(levelFor(['clerk', 'leader'], policy)).toBe('required')
    expect(levelFor([], policy)).toBe('none')
  })
})
