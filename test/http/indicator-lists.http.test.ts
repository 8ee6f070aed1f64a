import { randomUUID } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { beforeAll, expect, test } from 'vitest'
import type { ImportKind } from '../../src/kernel/import.ts'
import { agencyImport } from '../../src/modules/organisation/index.ts'
import { testDatabase } from '../support/database.ts'
import { dossierLine, furnish, open, reportedLine } from '../support/past.ts'
import { type SignedIn, signedIn } from '../support/signed-in.ts'

const NOW = Temporal.Instant.from('2026-11-22T03:00:00Z')
const { db, province } = await testDatabase()
let house: SignedIn
let load: Awaited<ReturnType<typeof furnish>>

const [OLD_PARENT, NEW_PARENT, MOVED] = ['H12.91', 'H12.92', 'H12.91.01']

/** Two districts; a commune of the first belongs to the second from 01/04/2022. */
async function movedCommune(): Promise<void> {
  const base = { tier: 'district', kind: 'people_committee', parent_code: 'H12', valid_from: '2021-01-01', valid_to: '2022-12-31' }
  const commune = { ...base, code: MOVED, name: 'Xã Chuyển', tier: 'commune' }
  const lines = [
    { ...base, code: OLD_PARENT, name: 'Huyện Trước' },
    { ...base, code: NEW_PARENT, name: 'Huyện Sau' },
    { ...commune, parent_code: OLD_PARENT, valid_to: '2022-03-31' },
    { ...commune, parent_code: NEW_PARENT, valid_from: '2022-04-01' },
  ]
  const kind = agencyImport as ImportKind<unknown>
  const rows = lines.map((record, n) => {
    const read = kind.parse(record)
    if (!read.ok) throw new Error(JSON.stringify(read.error))
    return { line: n + 2, row: read.value }
  })
  const { rejects } = await db.write(province, (tx) => kind.apply({ tx, now: NOW, province, id: randomUUID }, rows))
  if (rejects.length > 0) throw new Error(JSON.stringify(rejects))
}

beforeAll(async () => {
  load = await furnish(db, province, () => NOW)
  await movedCommune()
  house = await signedIn(db, province, () => NOW)
})

/** A list behind an indicator: the number on its chip, and the codes in it. */
async function listed(address: string, view: string): Promise<{ count: number; codes: string[] }> {
  const html = await house.text(`/dieu-hanh/chi-so/chi-tieu?${address}&xem=${view}`, 'leader')
  const chip = /aria-current="true">[\s\S]*?<\/a>/.exec(html.slice(html.indexOf('id="ho-so"')))?.[0] ?? ''
  const codes = new Set([...html.matchAll(/H12[\d.]*-\d{6}-\d{4}/g)].map(([code]) => code))
  return { count: Number(/cs-chip__count"> (\d+)/.exec(chip)?.[1]), codes: [...codes].sort() }
}

test('what is late of a unit that ended within the period is judged at the period’s end, as its score is', async () => {
  const agency_code = 'H12.15'
  await load.dossiers([
    dossierLine(1, '2025-02-20T08:00:00+07:00', { agency_code, ...open, due_at: '2025-03-15T17:00:00+07:00' }),
    dossierLine(2, '2025-02-21T08:00:00+07:00', { agency_code, ...open, due_at: '2026-01-15T17:00:00+07:00' }),
  ])
  const address = 'ky=2025&id=2.1&don-vi=H12.15&don-vi-tu=2021-01-01'
  expect(await listed(address, 'chua-dat')).toEqual({ count: 1, codes: ['H12.15-250220-0001'] })
  expect(await listed(address, 'con-han')).toEqual({ count: 1, codes: ['H12.15-250221-0002'] })
})

test('a commune that went to another district is listed under each for the days it was there', async () => {
  const agency_code = MOVED
  await load.dossiers([
    dossierLine(1, '2022-02-10T08:00:00+07:00', { agency_code }),
    dossierLine(2, '2022-03-31T08:00:00+07:00', { agency_code }),
    dossierLine(3, '2022-04-01T08:00:00+07:00', { agency_code }),
    dossierLine(4, '2022-05-10T08:00:00+07:00', { agency_code: NEW_PARENT }),
  ])
  const [feb, march, april, own] = ['H12.91.01-220210-0001', 'H12.91.01-220331-0002', 'H12.91.01-220401-0003', 'H12.92-220510-0004']
  expect(await listed(`ky=2022&id=2.1&don-vi=${OLD_PARENT}`, 'tat')).toEqual({ count: 2, codes: [feb, march] })
  expect(await listed(`ky=2022&id=2.1&don-vi=${NEW_PARENT}`, 'tat')).toEqual({ count: 2, codes: [april, own] })
})

test('the points of a month are set against the month before by what both of them were scored for', async () => {
  // The same work twice; what was synced in August is reported, of September nobody has said it yet.
  await load.dossiers([dossierLine(1, '2023-08-10T08:00:00+07:00'), dossierLine(2, '2023-09-12T08:00:00+07:00')])
  await load.reported([reportedLine('synced', 1, '2023-08')])
  const board = await house.text('/dieu-hanh?ky=2023-09', 'leader')
  expect(board).toContain('không đổi so với tháng 8/2023')
  expect(board).toMatch(/chưa chấm \d+ điểm/)
})

test('a peer is compared as the place it was, also where its code was another place later', async () => {
  // H12.08 was split on 01/03/2025: who has the code since is another place.
  await load.dossiers([
    ...[1, 2].map((n) => dossierLine(n, `2025-02-0${n}T08:00:00+07:00`, { agency_code: 'H12.08' })),
    dossierLine(3, '2025-04-10T08:00:00+07:00', {
      agency_code: 'H12.08',
      due_at: '2025-04-11T17:00:00+07:00',
      completed_at: '2025-04-20T08:00:00+07:00',
    }),
    dossierLine(4, '2025-08-12T08:00:00+07:00', { agency_code: 'H12.10' }),
  ])
  const score = await house.text('/dieu-hanh/chi-so?ky=2025&don-vi=H12.10&xem=cung-co', 'leader')
  const links = [...score.matchAll(/href="([^"]*so-sanh[^"]*voi=H12\.08[^"]*)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'))
  expect(links.map((href) => new URL(href, 'http://localhost').searchParams.get('voi-tu')).sort()).toEqual(['2021-01-01', '2025-03-01'])
  const compared = async (href: string) => {
    const html = await house.text(href, 'leader')
    const row = />2\.1 [\s\S]*?<\/tr>/.exec(html)?.[0] ?? ''
    const others = [...row.matchAll(/href="([^"]*don-vi=H12\.08[^"]*)"/g)].map(
      ([, to = '']) => new URL(to.replaceAll('&amp;', '&'), 'http://localhost'),
    )
    return { html, shares: [...row.matchAll(/>([\d,]+)\s%</g)].map(([, share]) => share), since: others[0]?.searchParams.get('don-vi-tu') }
  }
  const [before, after] = [...links].sort()
  const earlier = await compared(before ?? '')
  expect(earlier).toMatchObject({ since: '2021-01-01', shares: ['100', '100'] })
  expect((await compared(after ?? '')).shares).toEqual(['100', '0'])
  // The form names the place that is shown, and sent again it asks for the same.
  const chosen = /<select[^>]*name="voi"[\s\S]*?<option value="([^"]*)" selected[^>]*>([^<]*)</.exec(earlier.html)
  expect(chosen?.[2]).toContain('01/01/2025 – 28/02/2025')
  const sent = await compared(`/dieu-hanh/chi-so/so-sanh?ky=2025&don-vi=H12.10&voi=${chosen?.[1]}&voi-ky=`)
  expect(sent).toMatchObject({ since: '2021-01-01', shares: ['100', '100'] })
  // Two versions of one code side by side are told apart by their days.
  const both = await house.text(
    '/dieu-hanh/chi-so/so-sanh?ky=2025&don-vi=H12.08&don-vi-tu=2021-01-01&voi=H12.08&voi-tu=2025-03-01',
    'leader',
  )
  expect(both).toContain('Sở Nội vụ, 01/01/2025 – 28/02/2025')
  expect(both).toContain('Sở Nội vụ, 01/03/2025 – 30/06/2025')
})
