export const nationalTexts = {
  nav: { vi: 'Toàn quốc', en: 'Provinces' },
  title: { vi: 'Các tỉnh, thành phố', en: 'Provinces' },
  lead: {
    vi: 'Điểm Bộ chỉ số 766 của các tỉnh dùng chung hệ thống này, tính lúc mở trang. Chỉ điểm tổng được so; số liệu của tỉnh nào ở tỉnh đó.',
    en: 'Scores under Decision 766 of the provinces in this installation, counted as the page opens. Only totals are compared; each province keeps its own figures.',
  },
  province: { vi: 'Tỉnh, thành phố', en: 'Province' },
  here: { vi: 'tỉnh này', en: 'this one' },
  change: { vi: 'So kỳ trước', en: 'Since the period before' },
  up: { vi: 'tăng {points}', en: 'up {points}' },
  down: { vi: 'giảm {points}', en: 'down {points}' },
  same: { vi: 'không đổi', en: 'the same' },
  order: { vi: 'Xếp theo', en: 'Order by' },
  total: { vi: 'Tổng điểm', en: 'Total' },
  unknown: { vi: 'Chưa chấm được', en: 'Not scored' },
  alone: {
    vi: 'Mới có một tỉnh trong hệ thống này. Thêm tỉnh bằng lệnh “cuaso init --province <tên> --name … --code …”, hoặc các tỉnh mô phỏng bằng “cuaso demo provinces”.',
    en: 'There is only one province in this installation. Add one with “cuaso init --province <slug> --name … --code …”, or simulated ones with “cuaso demo provinces”.',
  },
  absent: { vi: 'Chưa có dữ liệu trong kỳ: {names}.', en: 'Nothing in this period: {names}.' },
} as const
