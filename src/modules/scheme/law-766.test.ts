import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { type QuantityName, quantities } from './rules/quantities.ts'
import { type Expression, type Indicator, levels, versionOn } from './rules/scheme.ts'
import { NATIONAL, nationalSchemes } from './schemes.ts'

/** What the file says of an indicator beside its formula: from what it is counted, what happens at the edges, and which tests hold it. */
interface Row {
  readonly source: string
  readonly edges: string
  /** File under src and the sentence of its test. */
  readonly tests: readonly (readonly [file: string, title: string])[]
}

const golden = 'modules/scheme/rules/index-766.test.ts'
const law = 'modules/scheme/law.store.test.ts'
const store = 'modules/scheme/scheme.store.test.ts'
const facts = 'modules/dossier/measures.test.ts'
const petition = 'modules/feedback/rules/petition.test.ts'
const score = 'modules/scheme/rules/score.test.ts'
const months = 'modules/scheme/rules/reported-months.test.ts'
const closing = 'modules/scheme/closing.store.test.ts'

const REPORTED = 'nhập từ ngoài (`cuaso import reported`, trang Số liệu báo cáo), có nguồn, có bản'
const CATALOGUE = 'danh mục thủ tục đang áp dụng vào ngày cuối kỳ'

const rows: Readonly<Record<string, Row>> = {
  '1.1': {
    source: `${REPORTED}. Hạn 20 ngày làm việc (bộ), 5 ngày làm việc (tỉnh) trước ngày văn bản có hiệu lực, và mỗi thủ tục tính một lần, do nơi báo cáo áp dụng`,
    edges: 'Kỳ không phát sinh: không chấm. Chưa ai báo: chưa biết, không phải 0',
    tests: [
      [golden, 'nothing to be announced or made public: no score and nothing lost, never all points'],
      [store, 'what only others can say is unknown until they say it, and then scored with its source kept'],
    ],
  },
  '1.2': {
    source: `${REPORTED}. Hạn 10 ngày làm việc (bộ), 5 ngày làm việc (tỉnh) do nơi báo cáo áp dụng`,
    edges: 'Chỉ hỏi cấp tỉnh, không hỏi đơn vị trực thuộc',
    tests: [
      [golden, 'nothing to be announced or made public: no score and nothing lost, never all points'],
      [golden, 'whom each indicator is asked of'],
    ],
  },
  '1.3': {
    source: `${CATALOGUE}: có trình tự, giấy tờ, kết quả, thời hạn, đối tượng, căn cứ (NĐ 63/2010 Điều 8 khoản 2)`,
    edges: 'Không theo kỳ: đọc danh mục của ngày cuối kỳ',
    tests: [[golden, 'every formula at its edges']],
  },
  '1.4': {
    source: `tử số ${REPORTED}; mẫu số là số lớn hơn giữa hồ sơ hệ thống này tiếp nhận (sự kiện dossier.received) và số của hệ thống báo cáo quốc gia`,
    edges:
      'Một nguồn im lặng thì lấy nguồn kia (cờ NO_NATIONAL_REPORT_DATA). Cả hai không có số: tổng năm trước, một phần mười hai cho mỗi tháng, làm tròn đến hồ sơ (cờ TEMP_NATIONAL_REPORT_DENOMINATOR); năm trước cũng không có: 0',
    tests: [
      [golden, 'last year stands in for a month, a quarter and a year'],
      [law, 'last year stands in for a province with all of its units of then, also where they no longer exist'],
    ],
  },
  '2.1': {
    source:
      'dossier.issued (9) trước dossier.returned (10) trước dossier.withdrawn, dossier.stopped (7, 8); so với hạn trả đã dời theo thời gian người nộp giữ (ngày, giờ làm việc). Hồ sơ chưa xong đọc từ trạng thái đang có',
    edges:
      'Xong đúng mili giây của hạn là đúng hạn. Chưa xong: tính đến hết kỳ, kỳ đang chạy thì đến lúc xem. Đang chờ bổ sung: tính đến lúc gửi yêu cầu. Yêu cầu từ lần thứ hai sau tiếp nhận mà chưa được trả lời: trễ, kể cả khi hồ sơ bị dừng. Không có hạn trả: thời hạn dài nhất của thủ tục',
    tests: [
      [facts, 'done (9) counts before returned (10): a result that waits at the desk is not late'],
      [facts, 'finished on the due minute is on time; a millisecond later is late'],
      [facts, 'a second list that was never answered makes it late also when it is stopped; an answered one does not'],
      [law, 'is judged at the end of a period that is over, and by the clock while it lasts'],
      [
        law,
        'waiting for its applicant is judged by when the list was sent; a second open list is late; lists before reception do not count',
      ],
      [law, 'without a due date has the longest time of its procedure; the applicant’s days are taken off'],
    ],
  },
  '2.2': {
    source: 'dossier.issued: số ngày làm việc từ tiếp nhận đến xong, trừ thời gian người nộp giữ',
    edges: 'Chỉ tính khi chọn một thủ tục (`cuaso index --procedure`, API `procedure`); không chấm điểm',
    tests: [[law, 'the average time is worked out for one procedure, and gives no points']],
  },
  '3.1': {
    source: `${CATALOGUE}, mức độ một phần hoặc toàn trình; thủ tục có ở hai cấp tính một lần`,
    edges: '79,99 % chưa đủ điểm, 80 % đủ. Sở không thủ tục nào ghi tên mà có thủ tục chỉ ghi cấp tỉnh: chưa biết, không phải 0',
    tests: [
      [golden, 'every formula at its edges'],
      [law, 'a department no procedure names is not measured against 0 procedures while some name only the tier: nobody knows its own'],
    ],
  },
  '3.2': {
    source: 'số thủ tục khác nhau có hồ sơ nộp trực tuyến (phép đo 2) trên số dịch vụ trực tuyến của danh mục',
    edges: 'Cấp xã: thủ tục của cấp xã; huyện xem cả xã trực thuộc: thủ tục của hai cấp',
    tests: [[law, 'a district asked with its communes is measured against the procedures of both tiers, alone against its own']],
  },
  '3.3': {
    source:
      'phép đo 14: hồ sơ trực tuyến đã có kết quả điện tử, hoặc thủ tục không phải trả giấy tờ; nhân với tỷ lệ đồng bộ (như 1.4) khi có người báo',
    edges: '50 % trở lên đủ điểm. Chưa biết tỷ lệ đồng bộ: để nguyên và ghi rõ; không bao giờ nhân quá 1',
    tests: [
      [golden, 'every formula at its edges'],
      [facts, 'online to the result: from the electronic result on, or at once where no document is owed'],
      [golden, 'what would win points back takes the sync rate in'],
    ],
  },
  '3.5': {
    source: `${CATALOGUE}: có phí và nộp trực tuyến được`,
    edges: '80 % trở lên đủ điểm (mức trần theo lời văn, chưa thấy trên Cổng)',
    tests: [[golden, 'every formula at its edges']],
  },
  '3.5b': {
    source: 'số thủ tục khác nhau có hồ sơ thanh toán trực tuyến (phép đo 7)',
    edges:
      'Mẫu số có hai cách hiểu: mọi thủ tục có nghĩa vụ tài chính (`procedures_with_fee`, đang dùng) hoặc thủ tục có phát sinh hồ sơ phải nộp tiền (`procedures_fee_filed`); bộ chỉ số ghi cách nào, đổi được theo ngày',
    tests: [
      [golden, 'every formula at its edges'],
      [law, 'is a share of the procedures with a fee, or of those that had a dossier to pay for, as the scheme of the day says'],
    ],
  },
  '3.6': {
    source: 'phép đo 7 trên phép đo 6: hồ sơ có phí trên 0 đồng; danh mục phí toàn 0 đồng không vào mẫu số',
    edges: 'Năm 2022 đủ điểm từ 30 %, từ 2026 tính đến 100 %',
    tests: [
      [facts, 'paid online counts only where a fee is due'],
      [score, 'in 2022 a province had all points for online payment from thirty per cent on'],
    ],
  },
  '4.1': {
    source: 'phép đo 16 trên phép đo 15: hồ sơ đã xong của thủ tục phải trả giấy tờ; hồ sơ bị từ chối, dừng, rút không nợ giấy tờ nào',
    edges: 'Nguồn không nói hồ sơ chưa xong có vào mẫu số hay không; ở đây là không',
    tests: [[facts, 'a refused or stopped dossier owes no document']],
  },
  '4.2': {
    source: 'phép đo 17: mọi giấy tờ có tệp và kết quả có tệp nếu phải trả, trên mọi hồ sơ tiếp nhận',
    edges: 'Lời văn: đủ điểm từ 80 %; quan sát: thẳng đến 100 %. Hồ sơ không có giấy tờ nào: chưa số hóa',
    tests: [
      [facts, 'online to the result: from the electronic result on, or at once where no document is owed'],
      [facts, 'a dossier without papers is not digitised'],
    ],
  },
  '4.x': { source: REPORTED, edges: 'Không phát sinh: 0 điểm', tests: [[golden, 'every formula at its edges']] },
  '4.3': {
    source: 'phép đo 9: có ít nhất một giấy tờ lấy lại từ kho',
    edges: '79,99 % chưa đủ điểm, 80 % đủ',
    tests: [[golden, 'every formula at its edges']],
  },
  '4.4': { source: REPORTED, edges: 'Độ dốc chưa quan sát được (chỉ thấy 0)', tests: [[golden, 'every formula at its edges']] },
  '4.5a': {
    source: `${CATALOGUE}: thủ tục của cá nhân (thuộc một sự kiện đời người), có biểu mẫu điền từ tài khoản đã xác thực`,
    edges: 'Cấp xã không áp dụng, được đủ điểm',
    tests: [[golden, 'whom each indicator is asked of']],
  },
  '4.5b': {
    source: 'phép đo 18: nộp từ tài khoản đã xác thực qua VNeID. Tệp nhập không có cột này: hồ sơ nhập không được tính',
    edges: 'Cấp xã không áp dụng, được đủ điểm',
    tests: [
      [facts, "filed from a person's own account it used population data"],
      [golden, 'whom each indicator is asked of'],
    ],
  },
  '5.1': {
    source: 'petition.classified (phép đo 21) trên petition.filed (phép đo 20)',
    edges: 'Chỉ để xem; rút phản ánh thì thôi tính',
    tests: [[law, 'are shown by class, as a share of all that came in, and give no points']],
  },
  '5.1b': {
    source: 'petition.classified (phép đo 22) trên petition.filed (phép đo 20)',
    edges: 'Chỉ để xem',
    tests: [[law, 'are shown by class, as a share of all that came in, and give no points']],
  },
  '5.2': {
    source: 'phép đo 25 trên phép đo 24: phản ánh đã xong, hoặc chưa xong mà đã trễ',
    edges:
      'Từ chối 2, hỏi thêm 5, trả lời 15, công khai 2 ngày làm việc (data/feedback, có ngày áp dụng); đúng giây cuối là đúng hạn. Không có phản ánh: đủ điểm',
    tests: [
      [petition, 'at the very end of the second, fifth and fifteenth working day it is still on time, a second later it is late'],
      [petition, 'an answer to be published is on time until the end of the second working day after it was signed'],
      [golden, 'nothing to be a share of: petitions give all points, everything else none'],
    ],
  },
  '5.3': {
    source: 'phép đo 24 trừ phép đo 26: trễ, bị gửi lại, hoặc không thích nhiều hơn thích; mỗi phản ánh một lần',
    edges: 'Không có phản ánh: đủ điểm',
    tests: [
      [petition, 'more dislikes than likes, late, or raised again: not satisfied, and only once'],
      [golden, 'nothing to be a share of: petitions give all points, everything else none'],
    ],
  },
  '5.4': {
    source:
      'hồ sơ tiếp nhận trừ hồ sơ trễ (xong trễ và đang trễ) trừ hồ sơ có phản ánh hoặc không hài lòng (phép đo 29, mỗi hồ sơ một lần)',
    edges: '90 % trở lên đủ điểm; trễ và có phản ánh trừ cả hai; không dưới 0. Không có hồ sơ: 0 điểm',
    tests: [
      [golden, 'every formula at its edges'],
      [law, 'counts as on time in 2.1 while in time, and against 5.4 when late'],
      [golden, 'nothing to be a share of: petitions give all points, everything else none'],
    ],
  },
}

const common: readonly (readonly [rule: string, tests: Row['tests']])[] = [
  [
    'Hai chữ số thập phân, chia và làm tròn một lần ở cuối, nửa thì xa 0; xếp loại theo điểm đã làm tròn.',
    [
      [golden, 'a half is rounded away from zero, once, and the band follows what is written'],
      [score, 'bands begin exactly at their line'],
    ],
  ],
  [
    'Số chưa ai nói là chưa biết, không phải 0: chỉ số không có điểm, tổng điểm chưa biết ghi cạnh tổng điểm.',
    [[score, 'what nobody has said is unknown and not 0']],
  ],
  [
    'Số báo cáo là số phát sinh trong tháng; kỳ là tổng các tháng đã báo. Tháng đã qua mà chưa ai báo thì nêu tên (REPORTED_MONTHS_MISSING), cả trong số đã chốt; tháng đang chạy chưa là thiếu.',
    [
      [months, 'a month that runs or has not come is not missing; one reported before it is over still counts'],
      [months, 'misses what any part misses, each in its own months'],
      [
        closing,
        'a quarter of which a month was not reported says so, open and closed, until the month is given; a month that runs is not missing',
      ],
    ],
  ],
  [
    'Chỉ số không hỏi một cấp thì cấp đó được đủ điểm (cách làm của Cổng; số thứ tự các dòng chưa xác nhận).',
    [[golden, 'whom each indicator is asked of']],
  ],
  [
    'Tỉnh tính mọi đơn vị của mình; đơn vị tính cả nơi trực thuộc khi xem riêng, chỉ việc của mình khi xếp hạng.',
    [[store, 'a district and the province count what lies below them']],
  ],
  [
    'Hồ sơ thuộc ngày tiếp nhận theo giờ Việt Nam và đơn vị giải quyết của ngày đó.',
    [
      [law, 'end at midnight in Vietnam: the last millisecond of the year is the year’s; 29 February is February’s'],
      [law, 'belong to the unit of the day when a code becomes another place in the middle of a month'],
    ],
  ],
  [
    'Theo đơn vị hôm nay: đơn vị nhập trọn thì cộng cho nơi nhận; đơn vị bị chia thì không chia cho ai.',
    [
      [
        law,
        'a merged unit has the sum of its parts, a split one is nobody’s, nothing is lost, and the units of the time stay as they were',
      ],
      [law, 'what was reported for the parts adds up for the whole; as long as one of them is silent the sum is unknown'],
    ],
  ],
  [
    'Bằng điểm thì cùng hạng.',
    [[golden, 'equal scores share a rank, and the next rank counts them all; among equals whoever did more comes first']],
  ],
  [
    'Mọi số đếm tính lại được từ nhật ký sự kiện; số đã chốt tính lại được với nhật ký của lúc chốt.',
    [
      [law, 'whatever was filed, corrected and folded: every quantity of every unit is what a plain count of the rows gives'],
      ['modules/scheme/closing.store.test.ts', 'one byte of history or of a snapshot that changes is found'],
    ],
  ],
]

const name = (quantity: QuantityName): string => quantities[quantity].name.vi
const sum = (terms: Expression['greatest'][number]): string =>
  terms.map(({ quantity, sign }, n) => `${sign < 0 ? '− ' : n > 0 ? '+ ' : ''}${name(quantity)}`).join(' ')
const expression = ({ greatest }: Expression): string =>
  greatest.length === 1 ? sum(greatest[0] ?? []) : `số lớn hơn giữa ${greatest.map(sum).join(' và ')}`
const percent = (share: number): string => `${String(Number((share * 100).toFixed(4))).replace('.', ',')} %`
const ruleOf = ({ rule }: Indicator): string =>
  rule.kind === 'linear' ? `đủ điểm từ ${percent(rule.full)}` : rule.kind === 'shown' ? 'không chấm điểm' : rule.kind
const zeroOf = { full: 'mẫu số 0: đủ điểm', none: 'mẫu số 0: 0 điểm', unscored: 'mẫu số 0: không chấm' } as const
const levelNames = { province: 'tỉnh', department: 'sở', district: 'huyện', commune: 'xã' } as const
const certainties = { confirmed: 'có nguồn công khai', recalled: 'nhớ lại', unsure: 'nguồn khác nhau', provincial: 'tỉnh đặt' } as const

function formula(now: Indicator, before: Indicator | undefined): string {
  const parts = [
    `${expression(now.numerator)} ÷ ${expression(now.denominator)}`,
    ...(now.factor ? [`nhân (${expression(now.factor.numerator)} ÷ ${expression(now.factor.denominator)})`] : []),
    before && ruleOf(before) !== ruleOf(now) ? `${ruleOf(now)} (từ 2022: ${ruleOf(before)})` : ruleOf(now),
    ...(now.rule.kind === 'shown' ? [] : [zeroOf[now.zero]]),
    ...(now.levels.length < levels.length ? [`hỏi ${now.levels.map((level) => levelNames[level]).join(', ')}; cấp khác đủ điểm`] : []),
  ]
  return parts.join('; ')
}

const link = ([file, title]: Row['tests'][number]): string => `${file.split('/').at(-1)}: “${title}”`

function written(): string {
  const scheme = nationalSchemes().find(({ code }) => code === NATIONAL)
  if (!scheme) throw new Error('no national scheme')
  const [before, now] = [versionOn(scheme, '2022-12-31').version, versionOn(scheme, '2026-12-31').version]
  const table = now.indicators.map((one) => {
    const row = rows[one.id]
    const old = before.indicators.find(({ id }) => id === one.id)
    return `| ${one.id} ${one.name.vi} (${one.max}) | ${formula(one, old)} | ${row?.source} | ${row?.edges} | ${row?.tests.map(link).join('; ')} | ${certainties[one.certainty]} |`
  })
  return `# Bộ chỉ số phục vụ người dân, doanh nghiệp (Quyết định 766/QĐ-TTg): tính gì, từ đâu, biên nào

Phép thử \`src/modules/scheme/law-766.test.ts\` viết ra bảng này từ bộ chỉ số đang dùng (\`data/scheme/766.json\`) và kiểm tra rằng mỗi phép thử nêu ở đây có thật; lệch là báo.
Cập nhật: \`UPDATE_LAW_TABLE=1 npx vitest run --project unit src/modules/scheme/law-766.test.ts\`. Phép đo là số của \`src/modules/indicator/measures.ts\`. Phụ lục gốc của quyết định chưa đọc được toàn văn: lời
dưới đây là của chúng tôi, theo các bản tóm tắt và cách tính của Cổng DVCQG; chỗ chưa chắc được ghi rõ và là cấu hình có ngày áp dụng, đổi bằng một bản mới của bộ chỉ số.

## Từng chỉ số

| Chỉ số (điểm) | Công thức | Lấy từ | Ở biên | Phép thử giữ | Độ chắc |
|---|---|---|---|---|---|
${table.join('\n')}

## Quy tắc chung

| Quy tắc | Phép thử giữ |
|---|---|
${common.map(([rule, tests]) => `| ${rule} | ${tests.map(link).join('; ')} |`).join('\n')}

## Chưa chắc

- **2.1**: nguồn nói trừ (lúc bổ sung xong − lúc yêu cầu) khỏi lúc kết thúc. Ở đây hạn trả được dời theo thời gian làm việc người nộp giữ, nên hai cách lệch nhau khi khoảng chờ vắt qua ngày nghỉ hoặc ngoài giờ. Mẫu số 0
  chấm thế nào chưa rõ. Thông báo nộp tiền không được nêu; ở đây đồng hồ dừng theo quy tắc của tỉnh.
- **3.5b**: mẫu số có hai bản, nguồn ghi bản sau được duyệt nhưng chưa rõ nghĩa (totalFeeDossierFormalityDistinct: ở đây hiểu là thủ tục khác nhau có hồ sơ phải nộp tiền trong kỳ). **4.2**: ngưỡng 80 % hay 100 %. **4.4**: độ dốc. **3.5**: trần điểm. **4.x**: mẫu số. **4.1**: hồ sơ chưa xong có vào mẫu số không.
- **1.4**: số năm trước chia mười hai được làm tròn đến hồ sơ; số 0 của cả hai nguồn được coi là không có số.
- **1.1**: một thủ tục công bố trong hai tháng của một kỳ được nơi báo cáo tính một lần; hệ thống chỉ cộng số đã báo.
- Xếp loại (90, 80, 70, 50) và các dòng không áp dụng cho cấp xã nhớ lại hoặc suy ra.
`
}

const file = fileURLToPath(new URL('../../../docs/law/chi-so-766.md', import.meta.url))

test('docs/law says of every indicator what the scheme counts, and names tests that are there', async () => {
  const scheme = nationalSchemes().find(({ code }) => code === NATIONAL)
  for (const version of scheme?.versions ?? []) expect(Object.keys(rows)).toEqual(version.indicators.map(({ id }) => id))
  const texts = new Map<string, string>()
  for (const [path, title] of [...Object.values(rows).flatMap(({ tests }) => tests), ...common.flatMap(([, tests]) => tests)]) {
    const text = texts.get(path) ?? (await readFile(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8'))
    texts.set(path, text)
    expect(text, `${path}: ${title}`).toContain(title)
  }
  if (process.env.UPDATE_LAW_TABLE) await writeFile(file, written())
  expect(await readFile(file, 'utf8')).toBe(written())
})
