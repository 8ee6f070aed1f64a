import { describe, expect, it } from 'vitest'
import { plainTimelineOf, timelineOf } from './timeline.ts'

const correction = {
  at: '2026-11-22T00:59:00Z',
  type: 'dossier.details-corrected',
  actor: { kind: 'officer', name: 'Trần Ngọc Diễm' },
  data: {
    note: 'Ghi nhầm tên',
    changes: [
      { field: 'name', before: 'Phạm Thử Bốn', after: 'Phạm Đã Sửa' },
      { field: 'number', before: '096196000609', after: '096196000610' },
      { field: 'email', before: 'a@example.vn', after: null },
      { field: 'channel', before: 'counter', after: 'online' },
      { field: 'fee', before: 0, after: 120_000 },
      { field: 'paper-voided', paper: 2, before: false, after: true },
    ],
  },
}

describe('the history of a dossier', () => {
  it('says what a correction changed, before and after, with no whole personal number', () => {
    const [line] = timelineOf([correction])
    expect(line?.what.vi).toBe(
      'Sửa thông tin ghi nhầm: họ tên “Phạm Thử Bốn” → “Phạm Đã Sửa”; số định danh ••••••••0609 → ••••••••0610; ' +
        'thư điện tử “a@example.vn” → để trống; kênh nộp trực tiếp → trực tuyến; phí, lệ phí 0 đ → 120.000 đ; bỏ giấy số 2 ghi nhầm: không → có',
    )
    expect(line?.what.en).toContain('name “Phạm Thử Bốn” → “Phạm Đã Sửa”')
    expect(line?.note).toBe('Ghi nhầm tên')
  })

  it('tells the applicant only that a mistake was corrected, and why', () => {
    expect(plainTimelineOf([correction]).map(({ sentence }) => sentence.vi)).toEqual(['Cơ quan đã sửa thông tin ghi nhầm: Ghi nhầm tên.'])
  })
})
