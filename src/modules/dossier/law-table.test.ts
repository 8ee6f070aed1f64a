import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { Role } from '../../kernel/context.ts'
import { permissions } from './permissions.ts'
import { type Stage, type Status, stages } from './rules/dossier.ts'
import { type Action, actions, transitions } from './rules/transitions.ts'
import { actionTexts, stageTexts, statusTexts } from './texts.ts'

/** What each step rests on. Written from the texts named in docs/law; `thông lệ`: the law says nothing, the step is good order. */
const basis: Readonly<Record<Action, string>> = {
  receive: 'NĐ 118/2025/NĐ-CP (tiếp nhận hồ sơ); TT 03/2025/TT-VPCP mẫu 01, Điều 13 (mã hồ sơ)',
  refuse: 'NĐ 118/2025/NĐ-CP (từ chối tiếp nhận); TT 03/2025/TT-VPCP mẫu 03; căn cứ chọn trong data/dossier/refusal-grounds.json',
  assign: 'NĐ 118/2025/NĐ-CP (giải quyết hồ sơ); quy trình nội bộ của thủ tục',
  note: 'thông lệ; không đổi tình trạng',
  'request-supplement':
    'NĐ 61/2018/NĐ-CP Điều 17, sửa bởi NĐ 107/2021 (một lần); TT 03/2025/TT-VPCP mẫu 02; QĐ 766/QĐ-TTg (từ hai lần: trễ)',
  'answer-supplement': 'NĐ 61/2018/NĐ-CP Điều 17, sửa bởi NĐ 107/2021; quy tắc dừng hạn theo ngày trong data/calendar',
  'submit-for-signature': 'quy trình nội bộ của thủ tục',
  'send-back': 'quy trình nội bộ của thủ tục',
  issue: 'NĐ 118/2025/NĐ-CP (có kết quả); QĐ 766/QĐ-TTg quy tắc 2.1 (lúc tính là giải quyết xong)',
  return: 'NĐ 118/2025/NĐ-CP (trả kết quả); NĐ 61/2018/NĐ-CP Điều 19',
  withdraw: 'NĐ 118/2025/NĐ-CP Điều 21 (rút hồ sơ; không sau khi có kết quả)',
  stop: 'NĐ 118/2025/NĐ-CP Điều 21; TT 03/2025/TT-VPCP mẫu 05',
  pay: 'pháp luật về phí, lệ phí; không đổi tình trạng',
  digitise: 'TT 01/2023/TT-VPCP Điều 8; không đổi tình trạng',
  'request-payment': 'bảng mã tình trạng quốc gia (mã 6); quy tắc dừng hạn theo ngày trong data/calendar',
  'settle-payment': 'bảng mã tình trạng quốc gia (mã 6)',
  extend: 'NĐ 61/2018/NĐ-CP Điều 19, sửa bởi NĐ 107/2021 (trước khi đến hạn, một lần); TT 03/2025/TT-VPCP mẫu 04',
  reschedule: 'lịch làm việc thay đổi (data/calendar); chỉ dời sau khi xem trước',
  recall: 'quyết định thu hồi của cơ quan có thẩm quyền (số và ngày bắt buộc)',
  'mark-uncollected': 'thông lệ; số ngày trong data/dossier/rules.json',
  resume: 'NĐ 118/2025/NĐ-CP Điều 21 (trước khi cơ quan thông báo dừng)',
  transfer: 'thẩm quyền giải quyết của thủ tục; cơ quan sáp nhập, chia tách (QĐ 20/2020/QĐ-TTg: mã cơ quan)',
  correct: 'thông lệ: sửa bằng một dòng ghi thêm, không sửa lịch sử',
  undo: 'thông lệ: lùi bằng một dòng ghi thêm, không sửa lịch sử',
}

const roleNames: Readonly<Record<Role, string>> = {
  citizen: 'người nộp',
  clerk: 'một cửa',
  specialist: 'chuyên viên',
  unit_head: 'lãnh đạo đơn vị',
  reform_officer: 'cán bộ cải cách',
  leader: 'lãnh đạo tỉnh',
  administrator: 'quản trị',
}

const codeOf: Readonly<Record<Stage, readonly Status[]>> = {
  submitted: [1],
  received: [2],
  processing: [4],
  signing: [4],
  supplement: [5],
  payment: [6],
  withdrawn: [7],
  ready: [9],
  closed: [3, 8, 10],
}

const named = (stage: Stage): string => `${stageTexts[stage].vi} (${codeOf[stage].join(', ')})`
const fromText = (from: readonly Stage[]): string =>
  from.length === stages.length
    ? 'mọi lúc'
    : from.length === stages.length - 1 && !from.includes('closed')
      ? 'khi chưa kết thúc'
      : from.map(named).join('; ')

function toText(action: Action): string {
  const { to } = transitions[action]
  if (action === 'undo') return 'như trước bước bị lùi'
  return to ? `${stageTexts[to.stage].vi} (${to.status})` : 'không đổi'
}

const whoMay = (action: Action): string =>
  [...new Set(permissions.filter((rule) => rule.action === `dossier.${action}`).map(({ role }) => roleNames[role]))].join(', ')

const table = (): string =>
  [
    '# Các bước của một hồ sơ theo luật',
    '',
    'Bảng này do phép thử `src/modules/dossier/law-table.test.ts` viết ra từ bảng chuyển bước đang chạy (`rules/transitions.ts`), quyền mặc định (`permissions.ts`) và tên',
    'gọi trên màn hình; lệch là phép thử báo. Cập nhật: `UPDATE_LAW_TABLE=1 npx vitest run --project unit src/modules/dossier/law-table.test.ts`. Số trong ngoặc là mã tình',
    'trạng quốc gia. Quyền có thể đổi tại `/quan-tri/phan-quyen`; quy tắc có ngày áp dụng nằm trong `data/dossier` và `data/calendar`. Căn cứ ghi theo hiểu biết khi viết, cần đối',
    'chiếu văn bản gốc trước khi dẫn trong quyết định.',
    '',
    '## Mã tình trạng',
    '',
    '| Mã | Tên quốc gia | Bước trong Cửa Số |',
    '|---|---|---|',
    ...(Object.entries(statusTexts) as unknown as [string, { vi: string }][]).map(
      ([code, { vi }]) =>
        `| ${code} | ${vi} | ${stages
          .filter((stage) => codeOf[stage].includes(Number(code) as Status))
          .map((stage) => stageTexts[stage].vi)
          .join(', ')} |`,
    ),
    '',
    '## Các bước',
    '',
    '| Bước | Từ | Đến | Ai làm được | Bắt buộc ghi lý do | Căn cứ |',
    '|---|---|---|---|---|---|',
    ...actions.map(
      (action) =>
        `| ${actionTexts[action].vi} | ${fromText(transitions[action].from)} | ${toText(action)} | ${whoMay(action)} | ${transitions[action].reason ? 'có' : ''} | ${basis[action]} |`,
    ),
    '',
    'Ngoại lệ của cột *Đến*: hồ sơ chưa tiếp nhận mà được yêu cầu bổ sung thì khi nộp đủ trở lại *Chờ tiếp nhận* (1); hồ sơ chưa ai thụ lý thì trở lại *Chờ phân công* (2). Hồ sơ đã kết thúc chỉ',
    'mở lại bằng cách lùi một bước làm nhầm. Lý do bắt buộc được viết cho người nộp đọc; riêng ghi chú chỉ nội bộ đọc.',
    '',
  ].join('\n')

const file = fileURLToPath(new URL('../../../docs/law/buoc-ho-so.md', import.meta.url))

test('docs/law says of every step what the table of transitions says', async () => {
  if (process.env.UPDATE_LAW_TABLE) await writeFile(file, table())
  expect(await readFile(file, 'utf8')).toBe(table())
})

test('every step leads to the national status its stage stands for, and somebody may take it', () => {
  for (const action of actions) {
    const { to } = transitions[action]
    if (to) expect(codeOf[to.stage], action).toContain(to.status)
    expect(whoMay(action), action).not.toBe('')
  }
})
