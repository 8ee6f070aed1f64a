import { describe, test } from 'vitest'
import { DESK } from '../support/browser.ts'
import { openHouse } from '../support/open-house.ts'
import { keys } from '../support/person.ts'
import { fileBirth, trackIt, workOnIt } from './one-dossier.ts'

const { baseUrl } = await openHouse()

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('at a desk, %s', (_, javaScript) => {
  const way = { width: DESK, javaScript }

  test('a birth is registered, followed without an account, worked on and its certificate fetched', { timeout: 240_000 }, async () => {
    const filed = await fileBirth(baseUrl, way)
    await trackIt(baseUrl, way, filed.reference)
    await workOnIt(baseUrl, way, filed)
  })
})

test('the same form is filled in and sent with nothing but keys', async () => {
  const way = { width: DESK, hands: keys }
  const { mother } = await fileBirth(baseUrl, way)
  mother.wasNotLetDown()
})
