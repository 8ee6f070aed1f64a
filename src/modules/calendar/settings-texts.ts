/** Words of the pages for opening hours, rules of counting and loading a year. */
export const hoursTexts = {
  title: { vi: 'Giờ làm việc và cách tính hạn', en: 'Opening hours and rules of counting' },
  calendar: { vi: 'Lịch làm việc', en: 'Working calendar' },
  agency: { vi: 'Mã cơ quan (để trống: cả tỉnh)', en: 'Agency code (empty: the whole province)' },
  show: { vi: 'Xem', en: 'Show' },
  others: { vi: 'Cơ quan có thiết lập riêng', en: 'Agencies with something of their own' },
  wholeProvince: { vi: 'Cả tỉnh', en: 'Whole province' },
  from: { vi: 'Đang áp dụng: giờ của {who}, từ {day}.', en: 'In force: hours of {who}, from {day}.' },
  off: { vi: 'Nghỉ', en: 'Closed' },
  notCounted: { vi: 'mở cửa, không tính là ngày làm việc', en: 'open, not counted as a working day' },
  cutOffNow: { vi: 'Mốc giờ nhận: {time}.', en: 'Cut-off: {time}.' },
  own: { vi: 'Thiết lập riêng đã ghi', en: 'What was decided here' },
  'own-hours': { vi: 'Giờ làm việc từ {day}.', en: 'Opening hours from {day}.' },
  'own-rules': { vi: 'Cách tính hạn từ {day}.', en: 'Rules of counting from {day}.' },
  ownInherits: { vi: 'Theo cơ quan cấp trên từ {day}.', en: 'As the agency above from {day}.' },
  remove: { vi: 'Bỏ', en: 'Remove' },
  setHours: { vi: 'Đổi giờ làm việc', en: 'Change the opening hours' },
  setRules: { vi: 'Đổi cách tính hạn', en: 'Change the rules of counting' },
  inheritance: {
    vi: 'Cơ quan không có giờ riêng theo giờ của cơ quan cấp trên gần nhất, cuối cùng là giờ chung của tỉnh.',
    en: 'An agency without hours of its own goes by the nearest one above it that has some, and at last by the province’s.',
  },
  notYours: {
    vi: 'Giờ của cơ quan này do quản trị của cơ quan đó hoặc của tỉnh thay đổi.',
    en: 'The administrator of that agency or of the province changes these.',
  },
  hours: { vi: 'Giờ mở cửa trong tuần', en: 'Opening hours of a week' },
  hoursHint: {
    vi: 'Viết như 07:30. Để trống buổi nào nghỉ; thứ Bảy, Chủ nhật để trống nếu không mở.',
    en: 'Write 07:30. Leave empty what is closed; Saturday and Sunday too if they are.',
  },
  weekday: { vi: 'Ngày', en: 'Day' },
  weekdays: {
    vi: 'Thứ Hai · Thứ Ba · Thứ Tư · Thứ Năm · Thứ Sáu · Thứ Bảy · Chủ nhật',
    en: 'Monday · Tuesday · Wednesday · Thursday · Friday · Saturday · Sunday',
  },
  places: { vi: 'Sáng từ · Sáng đến · Chiều từ · Chiều đến', en: 'Morning from · Morning until · Afternoon from · Afternoon until' },
  saturdayCounts: { vi: 'Tính thứ Bảy là ngày làm việc', en: 'Count Saturday as a working day' },
  saturdayHint: {
    vi: 'Chỉ chọn khi có quy định của địa phương. Quầy mở cửa thứ Bảy không làm thay đổi hạn trả.',
    en: 'Only where it is ruled so locally. A counter open on Saturday moves no deadline.',
  },
  inherits: { vi: 'Từ ngày này theo giờ của cơ quan cấp trên', en: 'From this day on the hours of the agency above' },
  inheritsRules: { vi: 'Từ ngày này theo cách tính của cơ quan cấp trên', en: 'From this day on the rules of the agency above' },
  validFrom: { vi: 'Áp dụng từ ngày', en: 'From' },
  validFromHint: { vi: 'Trước ngày này giữ như cũ.', en: 'Before this day everything stays as it was.' },
  source: { vi: 'Theo văn bản nào', en: 'By which document' },
  sourceHint: { vi: 'Ví dụ: Quyết định 15/QĐ-UBND', en: 'For example: Decision 15/QĐ-UBND' },
  look: { vi: 'Xem thay đổi', en: 'Look at the change' },
  cutOff: { vi: 'Mốc giờ nhận hồ sơ', en: 'Cut-off for receipt' },
  startDay: {
    label: { vi: 'Ngày bắt đầu', en: 'First day' },
    options: {
      next: { vi: 'Không tính ngày nhận (Điều 147 Bộ luật Dân sự)', en: 'The day of receipt does not count (Civil Code Art. 147)' },
      same: { vi: 'Tính cả ngày nhận', en: 'The day of receipt counts' },
    },
  },
  lateReceipt: {
    label: { vi: 'Nhận sau mốc giờ', en: 'Received after the cut-off' },
    options: {
      same_day: {
        vi: 'Chỉ thủ tục trả trong ngày chuyển sang ngày làm việc tiếp theo',
        en: 'Only same-day work moves to the next working day',
      },
      all: { vi: 'Mọi thủ tục tính như nhận ngày làm việc tiếp theo', en: 'Everything counts as received on the next working day' },
      none: { vi: 'Không thay đổi gì', en: 'Changes nothing' },
    },
  },
  endDay: {
    label: { vi: 'Ngày cuối là ngày nghỉ', en: 'The last day is a day off' },
    options: {
      next: {
        vi: 'Hạn rơi vào ngày nghỉ chuyển sang ngày làm việc tiếp theo (Điều 148)',
        en: 'An end on a day off moves to the next working day (Art. 148)',
      },
      same: { vi: 'Hạn giữ đúng ngày đó, dù là ngày nghỉ', en: 'It ends on that very day' },
      previous: { vi: 'Hạn lui về ngày làm việc liền trước', en: 'It ends on the working day before' },
    },
  },
  endTime: {
    label: { vi: 'Giờ hết hạn trong ngày cuối', en: 'Time of day at which it ends' },
    options: {
      closing: { vi: 'Giờ đóng cửa', en: 'Closing time' },
      same_time: { vi: 'Đúng giờ đã nhận', en: 'The time of day of receipt' },
      midnight: { vi: '23:59:59', en: '23:59:59' },
    },
  },
  pauses: { vi: 'Thời hạn tạm dừng khi', en: 'The clock stands still while' },
  restarts: { vi: 'Thời hạn tính lại từ đầu sau khi', en: 'The limit begins anew after' },
  restartsHint: {
    vi: 'Để trống: chạy tiếp phần còn lại. Luật chuyên ngành quy định khác nhau.',
    en: 'Leave empty: what is left goes on. Sector laws differ.',
  },
  reasons: {
    supplement: { vi: 'chờ người nộp bổ sung hồ sơ', en: 'the applicant completes the dossier' },
    payment: { vi: 'chờ thực hiện nghĩa vụ tài chính', en: 'the applicant pays what is owed' },
    consultation: { vi: 'chờ ý kiến cơ quan khác', en: 'another agency is asked' },
    withdrawal: { vi: 'người nộp xin dừng', en: 'the applicant asked to stop' },
  },
} as const

export const importTexts = {
  title: { vi: 'Nạp lịch nghỉ của một năm', en: 'Load the days off of a year' },
  lead: {
    vi: 'Dán nội dung tệp CSV hoặc JSON. Mỗi năm có trong tệp thay toàn bộ lịch nghỉ chung của năm đó; ngày riêng của tỉnh và cơ quan giữ nguyên.',
    en: 'Paste a CSV or JSON file. Each year in it replaces the whole national calendar of that year; local days stay.',
  },
  columns: {
    vi: 'Cột: date, kind (holiday, compensatory, working_saturday), name; có thể thêm name_en, source, certainty (official, recalled, computed).',
    en: 'Columns: date, kind (holiday, compensatory, working_saturday), name; optional: name_en, source, certainty (official, recalled, computed).',
  },
  text: { vi: 'Nội dung tệp', en: 'Content of the file' },
  line: { vi: 'Dòng {n}', en: 'Line {n}' },
  more: { vi: 'và {n} lỗi khác', en: 'and {n} more' },
  example: { vi: 'Xem mẫu', en: 'Example' },
  look: { vi: 'Xem thay đổi', en: 'Look at the change' },
} as const
