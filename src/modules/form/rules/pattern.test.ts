import { describe, expect, test } from 'vitest'
import { isQuickPattern } from './pattern.ts'

describe('a pattern that a form may try on what somebody types', () => {
  test.each([
    '\\d{4}',
    '[0-9]{2}[A-Z]-\\d{3,6}',
    '(\\d{3}[ .]?){3}',
    '[A-Z]+/[A-Z]+',
    '(?:NQ|QĐ)-\\d+',
    'a|b|c',
    '\\p{L}+( \\p{L}+)?',
    '[(+)]{2}',
    '',
  ])('“%s” may', (pattern) => {
    expect(isQuickPattern(pattern)).toBe(true)
  })
  test.each([
    '(a+)+',
    '(a|aa)*',
    '(?:\\d+ ?)*',
    '((a?)b?){20}',
    '(a{1,3})+',
    '.*.*.*.*x',
    '(\\w+){4}',
    '(a)\\1+',
    '(?<n>a)\\k<n>',
    'a'.repeat(400),
  ])('“%s” may not: an answer made for it would keep everybody waiting', (pattern) => {
    expect(isQuickPattern(pattern)).toBe(false)
  })
})
