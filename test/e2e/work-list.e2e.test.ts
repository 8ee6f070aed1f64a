import { expect, test } from 'vitest'
import { run } from '../../src/kernel/command.ts'
import type { Officer } from '../../src/kernel/context.ts'
import { submitDossier } from '../../src/modules/dossier/index.ts'
import { DESK, screenshot } from '../support/browser.ts'
import { openHouse } from '../support/open-house.ts'
import { keys, Person } from '../support/person.ts'

const { app, baseUrl } = await openHouse()
const UNIT = 'H12.144'

const counter: Officer = {
  kind: 'officer',
  officerId: '01900000-0000-7000-8000-000000000011',
  name: 'Quầy một cửa',
  grants: [{ role: 'clerk', agencyCode: UNIT, subtree: false }],
}

/** Dossiers sent online that nobody has received yet. */
async function sendSome(names: readonly string[]): Promise<void> {
  for (const name of names) {
    const done = await run(app, { province: app.province, actor: counter, name: 'dossier.submit' }, (cx) =>
      submitDossier(cx, {
        procedureCode: '1.001193',
        agencyCode: UNIT,
        channel: 'counter',
        applicant: { name, phone: '0100000321' },
        papers: [],
      }),
    )
    if (!done.ok) throw new Error(JSON.stringify(done.error))
  }
}

test('an officer works down the list with nothing but keys: moves, selects, receives three at once, searches and opens', {
  timeout: 120_000,
}, async () => {
  await sendSome(['Lâm Văn Một', 'Quách Thị Hai', 'Thạch Văn Ba', 'Danh Thị Tư'])
  const clerk = await Person.at(baseUrl, { width: DESK, javaScript: true, hands: keys })
  const { keyboard } = clerk.page
  const arrives = async (press: Promise<unknown>): Promise<void> => {
    await Promise.all([clerk.page.waitForEvent('load'), press])
  }
  await clerk.open('/mot-cua')
  await clerk.signInAsOfficer('motcua.cainuoc')
  await clerk.isOn('Hồ sơ cần làm')
  await clerk.reads(/Chờ tôi\s+4/)
  await clerk.looksRight()
  await screenshot(clerk.page, 'office-work-list')

  // Three rows are ticked, and the key that acts goes to what can be done with them.
  for (let n = 0; n < 3; n += 1) {
    await keyboard.press('j')
    await keyboard.press('x')
  }
  await keyboard.press('.')
  expect(await clerk.page.evaluate<string>('document.activeElement.value')).toBe('receive')
  await arrives(keyboard.press('Enter'))
  await clerk.isOn('Tiếp nhận nhiều hồ sơ')
  await clerk.looksRight()
  const send = clerk.page.getByRole('button', { name: 'Tiếp nhận 3 hồ sơ' })
  await send.focus()
  await arrives(keyboard.press('Enter'))
  await clerk.reads('Xong 3 trong 3 hồ sơ')
  await clerk.looksRight()
  await clerk.open('/mot-cua?buoc=received')
  expect(await clerk.page.locator('tbody tr').count()).toBe(3)

  // While a name is being typed the box offers the dossier; Enter would list what it finds.
  await keyboard.press('/')
  expect(await clerk.focus()).toBe('search')
  await keyboard.insertText('danh thi t')
  await clerk.page.getByRole('option', { name: /Danh Thị Tư/ }).waitFor()
  await keyboard.press('ArrowDown')
  await arrives(keyboard.press('Enter'))
  await clerk.reads('Danh Thị Tư', 'Chờ tiếp nhận')
  clerk.wasNotLetDown()
})
