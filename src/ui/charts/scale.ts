/** Round steps for an axis from 0: at most `most` lines, each 1, 2 or 5 times a power of ten. */
export function ticks(max: number, most = 4): number[] {
  if (!(max > 0)) return [0]
  const rough = max / most
  const power = 10 ** Math.floor(Math.log10(rough))
  const size = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough) ?? rough
  const lines: number[] = []
  for (let at = 0; at < max + size * 0.999; at += size) lines.push(Number(at.toPrecision(12)))
  return lines
}

/** One decimal is finer than any screen. */
export const px = (value: number): number => Math.round(value * 10) / 10

/** Which of five steps a share of 0 to 1 falls in; 0 itself has a step of its own. `null` stays unknown. */
export function heatStep(share: number | null): 'none' | 0 | 1 | 2 | 3 | 4 | 5 {
  if (share === null) return 'none'
  if (share <= 0) return 0
  return Math.min(5, Math.max(1, Math.ceil(share * 5))) as 1 | 2 | 3 | 4 | 5
}
