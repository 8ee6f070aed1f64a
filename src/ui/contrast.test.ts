import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Web } from '../kernel/http/context.ts'
import { carriesWhiteText, contrast, darken, darkPaper, provinceTheme, READABLE } from './contrast.ts'
import { THEME_PATH, themeRoutes } from './theme-routes.ts'

const tokens = readFileSync(join(import.meta.dirname, 'theme/_tokens.scss'), 'utf8')
const [lightPart = '', darkPart = ''] = tokens.split('@media screen and (prefers-color-scheme: dark)')

function read(part: string): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [, name = '', value = ''] of part.matchAll(/--cs-([\w-]+): (#[0-9a-f]{3,6});/g)) {
    found[name] = value.length === 4 ? `#${[...value.slice(1)].map((digit) => digit + digit).join('')}` : value
  }
  return found
}

const light = read(lightPart)
const themes = { light, dark: { ...light, ...read(darkPart) } }

describe.each(Object.entries(themes))('the %s theme', (_name, theme) => {
  const of = (token: string): string => {
    const colour = theme[token]
    if (!colour) throw new Error(`no token ${token}`)
    return colour
  }

  test.each(['ink', 'muted', 'link', 'visited', 'red', 'amber', 'green', 'primary-text'])('%s can be read on every ground', (text) => {
    for (const ground of ['paper', 'card', 'shade'])
      expect(contrast(of(text), of(ground)), `${text} on ${ground}`).toBeGreaterThanOrEqual(READABLE)
  })

  test.each([
    ['red', 'red-soft'],
    ['amber', 'amber-soft'],
    ['green', 'green-soft'],
    ['link', 'blue-soft'],
    ['ink', 'amber-soft'],
    ['muted', 'amber-soft'],
    ['red', 'amber-soft'],
    ['link', 'amber-soft'],
    ['muted', 'blue-soft'],
    ['ink', 'line'],
    ['on-sunrise', 'sunrise'],
  ])('%s can be read on %s', (text, ground) => {
    expect(contrast(of(text), of(ground))).toBeGreaterThanOrEqual(READABLE)
  })

  test('white can be read on buttons', () => {
    for (const ground of ['primary', 'primary-strong', 'red-solid', 'red-strong']) expect(carriesWhiteText(of(ground))).toBe(true)
  })

  test('the edge of a field can be seen (3 to 1)', () => {
    for (const ground of ['paper', 'card']) expect(contrast(of('field'), of(ground))).toBeGreaterThanOrEqual(3)
  })
})

describe('contrast by WCAG 2.2', () => {
  test('black on white is 21, a colour on itself 1', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
    expect(contrast('#0b5d4e', '#0B5D4E')).toBe(1)
  })

  test('the dark paper here is the dark paper of the style sheet', () => {
    expect(themes.dark.paper).toBe(darkPaper)
  })

  const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`)

  test('order does not matter, and darker carries white better', () => {
    fc.assert(
      fc.property(colour, colour, (a, b) => {
        expect(contrast(a, b)).toBe(contrast(b, a))
        expect(contrast(darken(a, 0.25), '#ffffff')).toBeGreaterThanOrEqual(contrast(a, '#ffffff'))
      }),
    )
  })

  test('a province may choose any colour on which white can be read, and no other', () => {
    fc.assert(
      fc.property(colour, (own) => {
        if (contrast(own, '#fbfbf8') < READABLE) expect(() => provinceTheme(own)).toThrow(RangeError)
        else {
          const bright = /dark\)\{:root\{--cs-primary-text:(#[0-9a-f]{6})/.exec(provinceTheme(own))?.[1] ?? ''
          expect(contrast(bright, darkPaper)).toBeGreaterThanOrEqual(READABLE)
        }
      }),
    )
  })

  test('the setting is refused with its name, or served as a public style sheet', async () => {
    expect(() => themeRoutes('#f2b705')).toThrow(/^PRIMARY_COLOUR: #f2b705 on paper has contrast 1\.\d\d/)
    expect(themeRoutes(undefined).list).toEqual([])
    const [route] = themeRoutes('#7a1f5c').list
    expect(route).toMatchObject({ path: THEME_PATH, entry: 'public' })
    const answer = await route?.handler({} as Web)
    expect(answer?.headers.get('content-type')).toBe('text/css; charset=utf-8')
    expect(await answer?.text()).toContain('--cs-primary:#7a1f5c')
  })

  test('a colour that is not one stops the start with one line', () => {
    expect(() => provinceTheme('green')).toThrow('not a colour of the form #rrggbb: green')
    expect(() => provinceTheme('#f2b705')).toThrow(/contrast 1\.\d\d/)
  })
})
