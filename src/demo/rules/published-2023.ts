import type { Tier } from '../../modules/indicator/index.ts'

/** What was published for Cà Mau in 2023. Rates are per cents as printed; how many dossiers stood behind them was not printed. */
export const published2023 = {
  online: 97.3,
  digitised: 97.29,
  payment: 62.58,
  /** Points under Decision 766. */
  index: '89.06',
} as const

/** The campaign of 1 March – 9 May 2023 (Kế hoạch 48/KH-UBND): its targets and what was published of its outcome. */
export const campaign2023 = {
  from: '2023-03-01',
  to: '2023-05-09',
  targets: {
    province: { online: 0.8, digitised: 0.8, payment: 0.4 },
    district: { online: 0.7, digitised: 0.7, payment: 0.35 },
    commune: { online: 0.6, digitised: 0.65, payment: 0.3 },
  } satisfies Readonly<Record<Tier, Readonly<Record<'online' | 'digitised' | 'payment', number>>>>,
  /** Units that met all three. */
  met: { province: 9, district: 7, commune: 84 } satisfies Readonly<Record<Tier, number>>,
  /** The best of all units; the counts are invented and give the printed rate: 92.79 %, 92.28 %, 90.14 %. */
  best: {
    online: { unit: 'H12.05', of: 222, count: 206 },
    digitised: { unit: 'H12.13', of: 272, count: 251 },
    /** Of a commune drawn by chance. */
    payment: { of: 71, count: 64 },
  },
} as const

/** Dossiers of the year, invented: in all, and in the two months before the campaign. */
export const volumes2023 = {
  total: 120_000,
  before: { province: 700, district: 300, commune: 600 },
  year: { province: 0.475, district: 0.2875, commune: 0.2375 },
} as const satisfies {
  readonly total: number
  readonly before: Readonly<Record<Tier, number>>
  readonly year: Readonly<Record<Tier, number>>
}
