/** One thing that happens to a demo petition, so many hours after the one before. */
type PlannedStep =
  | { readonly do: 'classify'; readonly after: number; readonly classCode: string }
  | { readonly do: 'assign' | 'accept' | 'sign'; readonly after: number }
  | { readonly do: 'refuse' | 'ask' | 'send-back' | 'withdraw' | 'reraise'; readonly after: number; readonly note: string }
  | { readonly do: 'transfer'; readonly after: number; readonly note: string; readonly agencyCode: string }
  | { readonly do: 'draft'; readonly after: number; readonly answer: string; readonly publish: boolean }
  | { readonly do: 'publish'; readonly after: number; readonly title: string; readonly content: string; readonly answer: string }

/** An invented petition and what became of it. */
export interface PetitionPlan {
  readonly daysAgo: number
  readonly agencyCode: string
  readonly content: string
  /** Absent: one of the demo's citizens, signed in. */
  readonly name?: string
  readonly mayPublish?: boolean
  readonly steps: readonly PlannedStep[]
  readonly votes?: readonly boolean[]
}

const CAI_NUOC = 'H12.144'
const BUILDING = 'H12.15'

const begun = (classCode: string): PlannedStep[] => [
  { do: 'classify', after: 4, classCode },
  { do: 'assign', after: 1 },
  { do: 'accept', after: 3 },
]
const answered = (answer: string, publish: boolean): PlannedStep[] => [
  { do: 'draft', after: 30, answer, publish },
  { do: 'sign', after: 20 },
]

/** In every state that a petition can be in. */
export const petitionPlans: readonly PetitionPlan[] = [
  {
    daysAgo: 24,
    agencyCode: CAI_NUOC,
    content: 'Đăng ký khai sinh cho cháu mà bộ phận một cửa bảo phải có thêm bản phô tô hộ khẩu, trong khi trên mạng ghi không cần.',
    steps: [
      ...begun('extra-papers'),
      ...answered(
        'Thủ tục khai sinh không cần bản sao sổ hộ khẩu. Chúng tôi đã nhắc cán bộ tiếp nhận và dán lại danh mục giấy tờ tại quầy từ hôm nay.',
        true,
      ),
      {
        do: 'publish',
        after: 5,
        title: 'Khai sinh bị yêu cầu thêm bản sao hộ khẩu',
        content: 'Đăng ký khai sinh mà bộ phận một cửa yêu cầu thêm bản phô tô hộ khẩu, trong khi danh mục ghi không cần.',
        answer: 'Thủ tục khai sinh không cần bản sao sổ hộ khẩu. Chúng tôi đã nhắc cán bộ tiếp nhận và dán lại danh mục giấy tờ tại quầy.',
      },
    ],
    votes: [true, true, true, true, false],
  },
  {
    daysAgo: 27,
    agencyCode: CAI_NUOC,
    name: 'Danh Thị Mười Ba',
    content: 'Thanh toán lệ phí trực tuyến bị trừ tiền mà hồ sơ vẫn báo chưa nộp phí. Tôi dùng ứng dụng ngân hàng trên điện thoại.',
    steps: [
      ...begun('system'),
      ...answered(
        'Giao dịch bị treo ở cổng thanh toán; tiền đã được hoàn hoặc ghi nhận trong ngày. Nếu gặp lại, bạn giữ ảnh giao dịch và gửi cho chúng tôi.',
        true,
      ),
      {
        do: 'publish',
        after: 6,
        title: 'Bị trừ tiền nhưng hồ sơ báo chưa nộp phí',
        content: 'Thanh toán lệ phí trực tuyến bị trừ tiền mà hồ sơ vẫn báo chưa nộp.',
        answer:
          'Giao dịch bị treo ở cổng thanh toán; tiền được hoàn hoặc ghi nhận trong ngày. Nếu gặp lại, giữ ảnh giao dịch và gửi cho chúng tôi.',
      },
    ],
    votes: [true, false, true],
  },
  {
    daysAgo: 30,
    agencyCode: BUILDING,
    content: 'Giấy phép xây dựng nhà ở riêng lẻ ghi 15 ngày nhưng tôi chờ đến ngày thứ 22 mới có, gọi điện không ai nghe.',
    steps: [
      ...begun('slow'),
      ...answered('Hồ sơ trễ vì phải lấy ý kiến phòng cháy. Sở xin lỗi, đã bổ sung người trực điện thoại trong giờ làm việc.', true),
      {
        do: 'publish',
        after: 4,
        title: 'Giấy phép xây dựng trễ hẹn bảy ngày',
        content: 'Giấy phép xây dựng nhà ở riêng lẻ hẹn 15 ngày nhưng đến ngày thứ 22 mới có, gọi điện không ai nghe.',
        answer: 'Hồ sơ trễ vì phải lấy ý kiến phòng cháy. Sở xin lỗi, đã bổ sung người trực điện thoại trong giờ làm việc.',
      },
    ],
    votes: [false, false, true],
  },
  {
    daysAgo: 5,
    agencyCode: CAI_NUOC,
    content: 'Chứng thực chữ ký phải chờ cả buổi sáng vì chỉ có một người ký. Đề nghị bố trí thêm người vào thứ Hai.',
    steps: [...begun('slow'), ...answered('Từ tuần tới, thứ Hai có hai người ký chứng thực. Bạn cũng có thể lấy số trước qua mạng.', true)],
  },
  {
    daysAgo: 6,
    agencyCode: CAI_NUOC,
    content: 'Tờ khai xác nhận tình trạng hôn nhân trên mạng bắt nhập số nhà, ấp tôi không có số nhà nên không gửi được.',
    steps: [
      ...begun('system'),
      { do: 'draft', after: 30, answer: 'Ô số nhà không còn bắt buộc. Bạn ghi tên ấp, tổ là đủ.', publish: true },
    ],
  },
  {
    daysAgo: 5,
    agencyCode: CAI_NUOC,
    content: 'Phí sao lục bản chính mỗi lần một khác, không thấy dán bảng phí ở quầy. Đề nghị công khai mức thu.',
    steps: begun('fee'),
  },
  {
    daysAgo: 36,
    agencyCode: CAI_NUOC,
    name: 'Huỳnh Văn Giả Định',
    content: 'Hồ sơ hộ kinh doanh của tôi nộp hai tháng trước tới nay chưa ai trả lời là thiếu gì.',
    steps: begun('slow'),
  },
  {
    daysAgo: 4,
    agencyCode: CAI_NUOC,
    content: 'Có người gọi tự xưng cán bộ xã bảo chuyển khoản phí nhanh để được ưu tiên giải quyết.',
    steps: [
      { do: 'classify', after: 3, classCode: 'harassment' },
      { do: 'assign', after: 1 },
      { do: 'ask', after: 2, note: 'Bạn cho biết số điện thoại đã gọi và nội dung tin nhắn, nếu còn. Xã không thu phí ngoài biên lai.' },
    ],
  },
  {
    daysAgo: 1,
    agencyCode: CAI_NUOC,
    content: 'Quầy số 3 nghỉ trưa sớm nửa tiếng, nhiều người già phải đứng chờ ngoài nắng.',
    steps: [],
  },
  {
    daysAgo: 0,
    agencyCode: CAI_NUOC,
    name: 'Sơn Thị Ví Dụ',
    content: 'Tra cứu hồ sơ trên điện thoại bị trắng màn hình khi bấm vào lịch sử, máy tôi đời cũ.',
    steps: [],
  },
  {
    daysAgo: 12,
    agencyCode: CAI_NUOC,
    content: 'Đề nghị xã giải quyết tranh chấp ranh đất giữa nhà tôi và nhà bên cạnh, đã kéo dài ba năm.',
    mayPublish: false,
    steps: [
      { do: 'classify', after: 5, classCode: 'other' },
      {
        do: 'refuse',
        after: 3,
        note: 'Tranh chấp đất đai không phải phản ánh về thủ tục. Bạn gửi đơn đến tổ hòa giải của ấp; chúng tôi đã chuyển số điện thoại của tổ cho bạn.',
      },
    ],
  },
  {
    daysAgo: 15,
    agencyCode: CAI_NUOC,
    content: 'Cán bộ tiếp nhận nói chuyện điện thoại riêng rất lâu trong khi nhiều người chờ.',
    mayPublish: false,
    steps: [
      ...begun('attitude'),
      ...answered('Chúng tôi đã xem lại và nhắc nhở người trực quầy. Cảm ơn bạn đã cho biết.', false),
      { do: 'reraise', after: 40, note: 'Hôm qua tôi đến vẫn thấy như cũ, đề nghị xem lại.' },
    ],
  },
  {
    daysAgo: 11,
    agencyCode: CAI_NUOC,
    content: 'Không thấy nút nộp trực tuyến của thủ tục đăng ký khai tử, chỉ có hướng dẫn đến quầy.',
    steps: [
      { do: 'classify', after: 5, classCode: 'system' },
      { do: 'withdraw', after: 8, note: 'Tôi đã tìm thấy rồi, xin lỗi đã làm phiền.' },
    ],
  },
  {
    daysAgo: 8,
    agencyCode: CAI_NUOC,
    content: 'Giấy phép xây dựng nhà ở thì nộp ở xã hay ở sở? Hai nơi chỉ tôi qua lại hai lần.',
    steps: [
      { do: 'classify', after: 5, classCode: 'rule' },
      { do: 'transfer', after: 4, note: 'Việc cấp phép thuộc Sở Xây dựng.', agencyCode: BUILDING },
    ],
  },
  {
    daysAgo: 14,
    agencyCode: CAI_NUOC,
    content: 'Đề nghị gửi kết quả chứng thực về nhà qua bưu điện, tôi ở xa trụ sở hơn 20 km.',
    mayPublish: false,
    steps: [...begun('other'), ...answered('Bạn chọn "nhận qua bưu chính" khi nộp; phí gửi do bưu điện thu theo giá niêm yết.', false)],
  },
]
