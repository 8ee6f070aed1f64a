export const nationalTexts = {
  nav: { vi: 'Toàn quốc', en: 'Provinces' },
  title: { vi: 'Các tỉnh, thành phố', en: 'Provinces' },
  lead: {
    vi: 'Điểm Bộ chỉ số 766 của các tỉnh dùng chung hệ thống này, tự cập nhật khi một tỉnh có thay đổi. Chỉ so điểm; hồ sơ của tỉnh nào ở tỉnh đó. Còn bao nhiêu điểm chưa chấm được thì điểm thật có thể cao hơn bấy nhiêu.',
    en: 'Scores under Decision 766 of the provinces in this installation, kept up to date as any of them changes. Only points are compared; each province keeps its dossiers. Points not scored yet may still come on top.',
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
    vi: 'Mới có một tỉnh trong hệ thống này. Người quản trị máy chủ thêm tỉnh bằng lệnh “cuaso init --province <tên> --name … --code …”, hoặc các tỉnh mô phỏng bằng “cuaso demo provinces”; bảng này tự hiện tỉnh mới.',
    en: 'There is only one province in this installation. Whoever runs the server adds one with “cuaso init --province <slug> --name … --code …”, or simulated ones with “cuaso demo provinces”; this board shows them as they come.',
  },
  nothing: { vi: 'chưa có số liệu', en: 'no figures yet' },
  behind: { vi: 'chưa so được: dữ liệu chưa lên phiên bản mới', en: 'not compared: its database is not up to date' },
  unread: { vi: 'chưa đọc được, đang thử lại', en: 'cannot be read now, trying again' },
} as const
