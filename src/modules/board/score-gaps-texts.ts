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
  complete: { vi: 'không thiếu', en: 'none' },
} as const
