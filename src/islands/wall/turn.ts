/** The slide after this one, or before it, round and round. */
export const nextSlide = (at: number, count: number, step: number): number => (at + step + count) % count

/** The civil day in Vietnam, as `2026-11-22`. */
export const vietnamDay = (at: Date): string => at.toLocaleDateString('sv-SE', { timeZone: 'Asia/Ho_Chi_Minh' })
