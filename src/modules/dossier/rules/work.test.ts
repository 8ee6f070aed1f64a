import { describe, expect, test } from 'vitest'
import { workDeltas } from './work-count.ts'
import { narrowed, readSearch, searchTextOf } from './work-search.ts'

const at = (iso: string) => ({ epochMilliseconds: Date.parse(iso) })
const placed = (stage: 'received' | 'processing' | 'closed', assigneeId: string | null, due: string | null) => ({
  stage,
  assigneeId,
  dueAt: due ? at(due) : null,
})

describe('what a change adds to the counts of open work', () => {
  test('a dossier that moves leaves one place and comes to another; one that only gets a note counts as before', () => {
    const before = placed('received', null, '2026-03-05T10:00:00Z')
    const after = placed('processing', 'somebody', '2026-03-05T10:00:00Z')
    expect(workDeltas([[before, after]])).toEqual([
      { stage: 'processing', held: true, due_day: '2026-03-05', n: 1 },
      { stage: 'received', held: false, due_day: '2026-03-05', n: -1 },
    ])
    expect(workDeltas([[before, { ...before }]])).toEqual([])
  })

  test('the day is Vietnam’s; closed dossiers are not work; without a due time there is a place of its own', () => {
    expect(workDeltas([[null, placed('received', null, '2026-03-05T17:00:00Z')]])[0]?.due_day).toBe('2026-03-06')
    expect(workDeltas([[null, placed('received', null, null)]])[0]?.due_day).toBe('9999-12-31')
    expect(workDeltas([[placed('received', null, null), placed('closed', null, null)]])).toMatchObject([{ n: -1 }])
    expect(workDeltas([[null, placed('closed', null, null)]])).toEqual([])
  })
})

describe('what was typed', () => {
  test('a reference, a code and a personal number are looked for whole, a phone also by its end', () => {
    expect(readSearch('h12.101-260302-0001')).toEqual({ by: 'code', value: 'H12.101-260302-0001' })
    expect(readSearch('096190000777')).toEqual({ by: 'number', value: '096190000777' })
    expect(readSearch('0912 345 678')).toMatchObject({ phoneEnd: '0912345678', rare: true, query: "('0912345678':* | '<8765432190':*)" })
    expect(readSearch('678')).toMatchObject({ phoneEnd: '678', rare: false })
    expect(readSearch('  ,. ')).toBeUndefined()
  })

  test('a name is looked for as it runs, with or without accents, the last syllable perhaps unfinished', () => {
    expect(readSearch('Nguyễn Văn A')).toMatchObject({
      patterns: ['% nguyen van a%'],
      query: "'nguyen_van_a':*",
      anyOrder: "'nguyen' & 'van' & 'a'",
    })
    expect(readSearch('cong ty tnhh mot thanh')).toMatchObject({ query: "'cong_ty_tnhh_mot' & 'ty_tnhh_mot_thanh':*" })
    expect(readSearch('an 09123')).toMatchObject({ query: "'an' & '09123':*", rare: true })
  })

  test('the search text holds what is looked for: runs of up to four syllables from each place', () => {
    const text = searchTextOf({
      name: 'Trần Thị Kim Sô Phia',
      code: 'H12.101-260302-0001',
      reference: '4F7K-9QZT-2M8C',
      phone: '0912345678',
    })
    expect(text).toBe(
      'tran thi kim so phia h12 101 260302 0001 4f7k 9qzt 2m8c 0912345678 tran_thi_kim_so thi_kim_so_phia kim_so_phia so_phia',
    )
    expect(searchTextOf({ name: '', code: null, reference: 'R', phone: null })).toBe('r')
  })

  test('what cannot be seen is left out by the query itself; an agency’s code cannot break out of it', () => {
    expect(narrowed("'an':*", ['H12.1', "x' | 'y"], true)).toBe("('an':*) & ('@H12.1' | '@x | y') & '@open'")
    expect(narrowed("'an':*", [])).toBe("('an':*) & ('@nowhere')")
    expect(narrowed("'an':*", null)).toBe("('an':*)")
  })
})
