import { expect, test } from 'vitest'
import { type Counts, measures } from '../../indicator/index.ts'
import type { BoardView } from '../queries/read-board.ts'
import { Tiers } from './parts.tsx'

const counts = (some: Partial<Counts>): Counts => ({ ...(Object.fromEntries(measures.map(({ code }) => [code, 0])) as Counts), ...some })

test('the last line of the tiers adds all of them up, also while one tier is looked at', () => {
  const tiers = [
    { tier: 'province', counts: counts({ received: 300, online: 200 }) },
    { tier: 'district', counts: counts({ received: 100, online: 10 }) },
  ]
  const question = { from: '2022-01-01', to: '2022-12-31', tier: 'district', rate: 'online_rate' }
  const view = { question, tiers, units: [{}], total: tiers[1]?.counts } as unknown as BoardView
  const last = String(Tiers({ view, targets: [], locale: 'vi' })).split('Cộng')[1] ?? ''
  expect(last).toContain('400')
  expect(last).toMatch(/52,5\s%/)
  expect(last).not.toMatch(/10,0\s%/)
})
