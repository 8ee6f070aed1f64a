import { describe, test } from 'vitest'
import { PHONE } from '../support/browser.ts'
import { openHouse } from '../support/open-house.ts'
import { fileBirth, trackIt, workOnIt } from './one-dossier.ts'

const { baseUrl } = await openHouse()

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('on a phone, %s', (_, javaScript) => {
  const way = { width: PHONE, javaScript }

  test('a birth is registered, followed without an account, worked on and its certificate fetched', { timeout: 240_000 }, async () => {
    const filed = await fileBirth(baseUrl, way)
    await trackIt(baseUrl, way, filed.reference)
    await workOnIt(baseUrl, way, filed)
  })
})
