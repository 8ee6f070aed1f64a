import { describe, expect, test } from 'vitest'
import { KEEP_MS, lock, mayKeep, nextStep, unlock } from './kept-form.ts'

const KEY = Buffer.alloc(32, 7).toString('base64url')
const OTHER = Buffer.alloc(32, 8).toString('base64url')
const now = 1_800_000_000_000
const here = { path: '/mot-cua/ho-so/1', signedIn: true, hasForm: true }

describe('a session that ends in the middle of a form', () => {
  test('what was typed comes back to the form after the sign-in', () => {
    expect(nextStep({ at: now, ended: false }, { path: '/dang-nhap/can-bo', signedIn: false, hasForm: false }, now)).toBe('wait')
    expect(nextStep({ at: now, ended: true }, { path: '/dang-nhap/buoc-hai', signedIn: false, hasForm: false }, now)).toBe('wait')
    expect(nextStep({ at: now, ended: true }, { ...here, path: '/tai-khoan/mat-khau', hasForm: false }, now)).toBe('wait')
    expect(nextStep({ at: now, ended: true }, here, now)).toBe('put back')
  })

  test('a form that was taken is never filled in again, not even on the same page', () => {
    expect(nextStep({ at: now, ended: false }, here, now)).toBe('forget')
  })

  test('it is forgotten after ten minutes, by whoever leaves the sign-in, and by whoever goes elsewhere', () => {
    expect(nextStep({ at: now, ended: true }, here, now + KEEP_MS + 1)).toBe('forget')
    expect(nextStep({ at: now, ended: true }, { path: '/', signedIn: false, hasForm: false }, now)).toBe('forget')
    expect(nextStep({ at: now, ended: true }, { ...here, path: '/mot-cua', hasForm: false }, now)).toBe('forget')
  })

  test('passwords, codes, files and what the server put in are not kept', () => {
    const kept = [
      { name: 'note', type: 'textarea' },
      { name: 'applicant.phone', type: 'tel' },
      { name: 'current', type: 'password' },
      { name: '_ma', type: 'text', autocomplete: 'one-time-code' },
      { name: 'code', type: 'text', autocomplete: 'one-time-code' },
      { name: '_csrf', type: 'hidden' },
      { name: 'paper', type: 'file' },
      { name: '', type: 'text' },
    ].filter(mayKeep)
    expect(kept.map(({ name }) => name)).toEqual(['note', 'applicant.phone'])
  })

  test('nobody but the person who typed it can open it', async () => {
    const form = { action: '/mot-cua/ho-so/1/note', values: [['note', 'Đã gọi điện, hẹn thứ Hai']] as const, at: now }
    const locked = await lock(KEY, form)
    expect(Buffer.from(locked.split('.')[1] ?? '', 'base64').includes('hẹn')).toBe(false)
    expect(await unlock(KEY, locked)).toEqual(form)
    expect(await unlock(OTHER, locked)).toBeUndefined()
    expect(await unlock(KEY, 'gì đó')).toBeUndefined()
  })
})
