import { expect, test } from 'vitest'
import { asset, sourceOf } from './assets.ts'

test('a page asks for what it needs by a short name, and gets the built, hashed file', () => {
  const manifest = {
    'src/ui/theme/public.scss': { file: 'assets/theme-public-x1.css' },
    'src/islands/search/main.ts': { file: 'assets/search-y2.js' },
    'src/ui/theme/fonts/be-vietnam-pro-400.woff2': { file: 'assets/be-vietnam-pro-400-z3.woff2' },
  }
  expect(asset('public.css', manifest)).toBe('/assets/theme-public-x1.css')
  expect(asset('search.js', manifest)).toBe('/assets/search-y2.js')
  expect(asset('be-vietnam-pro-400.woff2', manifest)).toBe('/assets/be-vietnam-pro-400-z3.woff2')
})

test('before the first build a page still renders', () => {
  expect(sourceOf('office.css')).toBe('src/ui/theme/office.scss')
  expect(asset('office.css', {})).toBe('/assets/office.css')
})
