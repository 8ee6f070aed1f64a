import { Command } from 'commander'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { configure } from './deadline.ts'

/** What `cuaso deadline …` prints, without a process around it. */
async function ask(...options: string[]): Promise<string> {
  const printed = vi.spyOn(console, 'log').mockImplementation(() => undefined)
  const command = new Command().exitOverride().configureOutput({ writeErr: () => undefined })
  configure(command)
  await command.parseAsync(['--received', '2026-11-20T13:30:00+07:00', '--limit', '3', '--unit', 'working_day', ...options], {
    from: 'user',
  })
  return printed.mock.calls.flat().join('\n')
}
afterEach(() => void vi.restoreAllMocks())

describe('cuaso deadline', () => {
  test('answers with the due instant and sentences anyone can check', async () => {
    expect(JSON.parse(await ask('--json'))).toEqual({
      due: '2026-11-26T17:30:00+07:00',
      explanation: [
        'Nhận lúc 13:30 thứ Sáu, 20/11/2026.',
        'Không tính ngày nhận, cộng 3 ngày làm việc: 23/11, 25/11, 26/11.',
        'Bỏ qua 21/11–22/11 (nghỉ cuối tuần), 24/11 (Ngày Văn hóa Việt Nam).',
        'Hạn trả: 17:30 thứ Năm, 26/11/2026.',
      ],
    })
  })
  test('takes several pauses, each told apart, in either language', async () => {
    const first = '2026-11-23T07:30:00+07:00/2026-11-23T17:30:00+07:00'
    const second = '2026-11-25T07:30:00+07:00/2026-11-25T11:30:00+07:00'
    const told = await ask('--pause', first, '--pause', second, '--locale', 'en')
    expect(told.match(/Paused from/g)).toHaveLength(2)
    expect(told).toContain('Due at 11:30 on Monday 30/11/2026.')
  })
  test.each([
    [['--received', '2026-11-20'], '--received'],
    [['--received', 'hôm qua'], '--received'],
    [['--limit', 'ba'], '--limit'],
    [['--limit', '-1'], '--limit'],
    [['--limit', '4000'], '3,650'],
    [['--unit', 'week'], '--unit'],
    [['--pause', '2026-11-21'], '--pause'],
    [['--pause', '2026-11-22T00:00:00Z/2026-11-21T00:00:00Z'], 'A pause must end after it begins'],
    [['--locale', 'fr'], '--locale'],
    [['--received', '2030-11-20T08:00:00Z'], 'no working calendar for 2030'],
  ])('%s is refused with a sentence that names what is wrong', async (options, named) => {
    const refused = await ask(...options).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(Error)
    expect(JSON.stringify(refused) + String(refused)).toContain(named)
  })
})
