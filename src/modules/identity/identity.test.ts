import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hashPassword, needsUpgrade, temporaryPassword, verifyPassword } from './password.ts'
import { isCivilDay } from './rules/civil-day.ts'
import { readClaims } from './rules/claims.ts'
import { deviceName } from './rules/device.ts'
import { decideDelegation, decideGrant, type HeldGrant, isLastingAdministrator, reaches, type WantedGrant } from './rules/granting.ts'
import { ownPath } from './rules/own-path.ts'
import { checkPassword } from './rules/password-policy.ts'
import { maskPersonalNumber, readPersonalNumber } from './rules/personal-number.ts'
import { isUsername, normaliseUsername } from './rules/username.ts'

describe('where to go after signing in', () => {
  test('pages of ours, with what was asked of them', () => {
    for (const path of ['/', '/ho-so/1?trang=2', '/thu-tuc?q=kh%C3%A1m']) expect(ownPath(path, '/x')).toBe(path)
  })

  test('never another site, whatever the address looks like, and never a sign-in page', () => {
    const evil = [
      '',
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      '\\\\evil',
      '/\t/evil.example',
      '/./ /evil',
      '/.//evil.example',
      '/a/..//evil.example',
      '/dang-nhap',
      '/dang-nhap/can-bo',
      '/dang-xuat',
      'javascript:alert(1)',
      'ho-so',
    ]
    for (const path of evil) expect(ownPath(path, '/x'), JSON.stringify(path)).toBe('/x')
  })

  test('whatever is typed, a browser stays with us', () => {
    const nasty = fc.array(fc.constantFrom('/', '\\', '.', '..', '%2f', '%5c', '@', ':', 'evil.example', '\t', '\n', ' ', '?', '#', 'a'), {
      maxLength: 10,
    })
    fc.assert(
      fc.property(nasty, (parts) => {
        const origin = 'https://cuaso.example'
        expect(new URL(ownPath(parts.join('')), origin).origin).toBe(origin)
        expect(new URL(ownPath(`/${parts.join('')}`), origin).origin).toBe(origin)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('passwords', () => {
  const person = { username: 'an.nguyen', name: 'Nguyễn Hoài An' }
  const refused = (password: string) => checkPassword(password, person, 'next').length > 0

  test('a sentence is welcome, in any letters', () => {
    for (const good of [
      'mưa rơi trên mái lá dừa nước',
      'correct horse battery staple',
      'mfwq-tndx-7k3v-zzpb',
      'K8#vq2!Lp0zRw9',
      'chiều nay con nước lớn',
    ]) {
      expect(refused(good), good).toBe(false)
    }
  })

  test('short, common, keyboard, year, place and own-name passwords are refused', () => {
    const bad = [
      'ngắn quá',
      'matkhau123456',
      'Password2026!',
      'qwertyuiop123',
      'aaaaaaaaaaaaaaa',
      '123456789012',
      'abababababab',
      'camau camau camau',
      'nguyenhoaian1',
      'an.nguyen2026',
      'P@ssw0rd1234',
      'cuaso-demo-2026',
      'iloveyou1234',
      'Anhyeuem2025',
      '0987654321abcd',
      'hoaian hoaian',
    ]
    for (const password of bad) expect(refused(password), password).toBe(true)
  })

  test('temporary passwords pass the rule and never repeat', () => {
    const made = Array.from({ length: 200 }, temporaryPassword)
    expect(new Set(made).size).toBe(200)
    for (const password of made) expect(refused(password), password).toBe(false)
  })

  test('are kept as argon2id with OWASP parameters, one salt each, whatever keyboard typed the accents', async () => {
    const [first, second] = await Promise.all([hashPassword('nước lợ'.normalize('NFC')), hashPassword('nước lợ')])
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(first).not.toBe(second)
    expect(await verifyPassword('nước lợ'.normalize('NFD'), first)).toBe(true)
    expect(await verifyPassword('nuoc lo', first)).toBe(false)
    expect(await verifyPassword('', first)).toBe(false)
    expect(await verifyPassword('x'.repeat(100_000), first)).toBe(false)
    expect(needsUpgrade(first)).toBe(false)
    expect(needsUpgrade('$argon2id$v=19$m=4096,t=3,p=1$c29tZXNhbHRzb21lc2FsdA$iWh06vD8Fy27wf9npn6FXWiCX4K6pW6Ue1Bnzz07Z8A')).toBe(true)
  })

  test('nobody by this name costs as long as a wrong password', async () => {
    const stored = await hashPassword('chiều nay con nước lớn')
    await verifyPassword('để ấm máy', undefined)
    const times: { known: number[]; unknown: number[] } = { known: [], unknown: [] }
    // Turn about, so that a busy machine slows both.
    for (let n = 0; n < 9; n += 1) {
      for (const [kind, hash] of [
        ['known', stored],
        ['unknown', undefined],
      ] as const) {
        const started = performance.now()
        expect(await verifyPassword('sai mật khẩu rồi', hash)).toBe(false)
        times[kind].push(performance.now() - started)
      }
    }
    const median = (list: number[]): number => list.sort((a, b) => a - b)[4] ?? 0
    const ratio = median(times.unknown) / median(times.known)
    expect(ratio).toBeGreaterThan(0.3)
    expect(ratio).toBeLessThan(3.3)
  })

  test('user names are found however they are typed', () => {
    expect(normaliseUsername('  An.Nguyen ')).toBe('an.nguyen')
    expect(isUsername('an.nguyen')).toBe(true)
    for (const wrong of ['an', '1an', 'an nguyen', 'ân.nguyen', '']) expect(isUsername(wrong), wrong).toBe(false)
  })
})

describe('what the identity service says', () => {
  const claims = {
    sub: 's-1',
    TechID: 'T1',
    LoaiTaiKhoan: '1',
    HoVaTen: ' TRẦN  THỊ B ',
    SoDinhDanh: '096190000101',
    NgayThangNamSinh: '19900308',
    acr: 'LoA2',
  }

  test('becomes a person linked by subject, with level 2 only when the service says so', () => {
    const read = readClaims('issuer', claims)
    expect(read.ok && read.value).toEqual({
      ...{ issuer: 'issuer', subject: 's-1', techId: 'T1', accountKind: '1', name: 'TRẦN THỊ B', personalNumber: '096190000101' },
      ...{ birthDate: '1990-03-08', level: 2 },
    })
    for (const acr of [undefined, '', '0', 'urn:other', 3, 'LoA3']) {
      const other = readClaims('issuer', { ...claims, acr })
      expect(other.ok && other.value.level, String(acr)).toBeNull()
    }
  })

  test('without a subject or a name nobody is let in; odd dates and numbers are left out', () => {
    expect(readClaims('issuer', { ...claims, sub: '' }).ok).toBe(false)
    expect(readClaims('issuer', { ...claims, HoVaTen: 7 }).ok).toBe(false)
    const odd = readClaims('issuer', { ...claims, NgayThangNamSinh: '19900000', SoDinhDanh: 'abc' })
    expect(odd.ok && [odd.value.birthDate, odd.value.personalNumber]).toEqual([null, null])
    expect([isCivilDay('2026-02-29'), isCivilDay('2028-02-29')]).toEqual([false, true])
  })

  test('a personal number tells place, sex and year of birth (Decree 137/2015 art. 13), and is masked for lists', () => {
    expect(readPersonalNumber('096190000101')).toEqual({ placeCode: '096', sex: 'female', birthYear: 1990 })
    expect(readPersonalNumber('001204012345')).toEqual({ placeCode: '001', sex: 'male', birthYear: 2004 })
    expect(readPersonalNumber('12345')).toBeUndefined()
    expect(maskPersonalNumber('096190000101')).toBe('••••••••0101')
  })

  test('a device is named as its owner knows it', () => {
    expect(
      deviceName('Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36'),
    ).toBe('Chrome · Android')
    expect(
      deviceName('Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0 Safari/537.36 Edg/124.0'),
    ).toBe('Edge · Windows')
    expect(deviceName(undefined)).toBe('')
  })
})

describe('handing on a role', () => {
  const parents: Record<string, string | undefined> = { 'H12.15': 'H12', 'H12.09': 'H12', 'H12.144': 'H12', 'H12.144.01': 'H12.144' }
  const isWithin = (code: string, ancestor: string): boolean => {
    for (let at: string | undefined = code; at; at = parents[at]) if (at === ancestor) return true
    return false
  }
  const today = '2026-11-21'
  const held = (more: Partial<HeldGrant> = {}): HeldGrant => ({
    ...{ id: 'g', officerId: 'head', role: 'unit_head', agencyCode: 'H12.144', subtree: true },
    ...{ validFrom: '2026-01-01', validTo: null, delegatedFrom: null, ...more },
  })
  const wanted = (more: Partial<WantedGrant> = {}): WantedGrant => ({
    ...{ role: 'unit_head', agencyCode: 'H12.144', subtree: false, validFrom: today, validTo: '2026-12-01', ...more },
  })
  const delegate = (source: HeldGrant, want: WantedGrant, grants: HeldGrant[] = []) => {
    const decision = decideDelegation({ source, delegateId: 'deputy', delegateGrants: grants, wanted: want, today, isWithin })
    return decision.ok ? 'ok' : decision.error.code
  }

  test('goes as far as it reaches, lasts as long as it lasts, once, to somebody else, with an end', () => {
    expect(delegate(held(), wanted())).toBe('ok')
    expect(delegate(held(), wanted({ agencyCode: 'H12.144.01' }))).toBe('ok')
    expect(delegate(held(), wanted({ agencyCode: 'H12' }))).toBe('identity.more-than-held')
    expect(delegate(held({ subtree: false }), wanted({ subtree: true }))).toBe('identity.more-than-held')
    expect(delegate(held({ validTo: '2026-11-25' }), wanted())).toBe('identity.more-than-held')
    expect(delegate(held(), wanted({ role: 'leader' }))).toBe('identity.more-than-held')
    expect(delegate(held({ delegatedFrom: 'x' }), wanted())).toBe('identity.not-delegable')
    expect(delegate(held(), wanted({ validTo: null }))).toBe('identity.period-past')
    expect(delegate(held(), wanted({ validTo: '2026-11-20' }))).toBe('identity.period-past')
    expect(delegate(held(), wanted({ validFrom: '2026-11-20' }))).toBe('identity.period-past')
    expect(delegate(held({ officerId: 'deputy' }), wanted())).toBe('identity.own-grant')
    expect(delegate(held(), wanted(), [held({ officerId: 'deputy', subtree: false })])).toBe('identity.same-grant')
  })

  test('whatever is asked, what was handed on never reaches or lasts beyond its source', () => {
    const agency = fc.constantFrom('H12', 'H12.15', 'H12.09', 'H12.144', 'H12.144.01')
    const day = fc.constantFrom('2026-11-01', '2026-11-20', '2026-11-21', '2026-11-25', '2026-12-01', '2027-01-01')
    const grant = fc.record({ agencyCode: agency, subtree: fc.boolean(), validFrom: day, validTo: fc.option(day) })
    fc.assert(
      fc.property(grant, grant, (source, want) => {
        if (delegate(held(source), wanted(want)) !== 'ok') return
        for (const code of ['H12', ...Object.keys(parents)]) {
          const inWanted = code === want.agencyCode || (want.subtree && isWithin(code, want.agencyCode))
          const inSource = code === source.agencyCode || (source.subtree && isWithin(code, source.agencyCode))
          expect(!inWanted || inSource).toBe(true)
        }
        expect(source.validTo === null || (want.validTo !== null && want.validTo <= source.validTo)).toBe(true)
        expect(want.validFrom >= source.validFrom).toBe(true)
      }),
      { numRuns: 3000 },
    )
  })

  test('an administrator of a unit gives no role whose rights reach the province, unless they hold the same', () => {
    const administrator = held({ role: 'administrator', agencyCode: 'H12.144' })
    const decide = (rules: { role: string; action: string; scope: string }[]) => {
      const decision = decideGrant({
        ...{ administrator: { id: 'head', grants: [administrator] }, officerId: 'deputy', officerGrants: [] },
        ...{ wanted: wanted({ role: 'leader', validTo: null }), rules, root: 'H12', today, isWithin },
      })
      return decision.ok ? 'ok' : decision.error.code
    }
    const see = { role: 'leader', action: 'board.see', scope: 'province' }
    expect(decide([])).toBe('ok')
    expect(decide([see])).toBe('identity.more-than-held')
    expect(decide([see, { ...see, role: 'administrator' }])).toBe('ok')
  })

  test('only a grant over the whole province, without an end and not delegated, counts as the lasting administrator', () => {
    const lasting = held({ role: 'administrator', agencyCode: 'H12' })
    expect(isLastingAdministrator(lasting, 'H12', today)).toBe(true)
    for (const less of [
      { subtree: false },
      { validTo: '2030-01-01' },
      { delegatedFrom: 'x' },
      { agencyCode: 'H12.15' },
      { validFrom: '2026-12-01' },
    ]) {
      expect(isLastingAdministrator({ ...lasting, ...less }, 'H12', today), JSON.stringify(less)).toBe(false)
    }
    expect(reaches(lasting, { agencyCode: 'H12.144.01', subtree: true }, isWithin)).toBe(true)
  })
})
