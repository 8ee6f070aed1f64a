/** What is said where nobody reported some months of a figure that comes from outside. */
export const gapTexts = {
  some: { vi: 'Mới có số báo cáo tháng {reported}; thiếu tháng {missing}', en: 'Reported for {reported} only; {missing} missing' },
  none: { vi: 'Thiếu số báo cáo tháng {missing}', en: 'Reported figures of {missing} are missing' },
  head: { vi: 'Số báo cáo của kỳ này chưa đủ tháng', en: 'Reported figures of this period lack months' },
  headLead: {
    vi: 'Điểm dưới đây chỉ tính những tháng đã báo và sẽ thay đổi khi có đủ số. Tháng không phát sinh cũng phải báo số 0.',
    en: 'The points below count the reported months only and will change once all are there. A month with nothing is reported as 0.',
  },
  give: { vi: 'Nhập số còn thiếu', en: 'Give what is missing' },
  closed: { vi: 'Lúc chốt, số báo cáo chưa đủ tháng', en: 'When this was closed, reported figures lacked months' },
  closedMore: { vi: 'và {n} đơn vị khác', en: 'and {n} other units' },
  monthsChanged: { vi: 'thiếu tháng {before} → {after}', en: 'months missing {before} → {after}' },
  notScored: { vi: 'chưa chấm {points} điểm', en: '{points} points not scored' },
  monthsNamed: { vi: 'thiếu số báo cáo tháng {months}', en: 'no reports of {months}' },
  monthsCounted: { vi: 'thiếu số báo cáo {n} tháng', en: 'no reports of {n} months' },
  notScoredShort: { vi: '+{points} chưa chấm', en: '+{points} to score' },
  monthsShort: { vi: 'thiếu {n} tháng', en: '{n} months missing' },
  months: { vi: 'Thiếu số báo cáo tháng', en: 'Months without reports' },
  data: { vi: 'Số liệu', en: 'Figures' },
  whole: { vi: 'đủ', en: 'complete' },
  incompleteLead: {
    vi: '{n} đơn vị trong bảng chưa đủ số liệu. “Chưa chấm 6 điểm” là điểm còn có thể cao hơn đến 6 điểm khi có số; “thiếu số báo cáo” là điểm mới tính những tháng đã báo và sẽ thay đổi.',
    en: '{n} units of the table have incomplete figures. “6 points not scored”: up to 6 more may come once there are figures; “no reports”: only the reported months count so far, and the points will change.',
  },
  complete: { vi: 'không thiếu', en: 'none' },
} as const
