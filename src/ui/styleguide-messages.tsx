import type { Locale } from '../kernel/i18n/index.ts'
import {
  DefinitionPopover,
  Details,
  EmptyState,
  InsetText,
  NotificationBanner,
  Panel,
  Progress,
  Qr,
  Tag,
  Timeline,
  WarningText,
} from './index.ts'
import { Sample } from './styleguide-sample.tsx'

/** What the platform says: done, note, warning, nothing yet; a dossier's story. */
export const MessageSamples = ({ locale }: { locale: Locale }) => (
  <>
    <Sample name="NotificationBanner">
      <NotificationBanner kind="success" locale={locale}>
        Đã lưu bản nháp. Bạn có thể đóng trang và làm tiếp bất cứ ngày nào.
      </NotificationBanner>
      <NotificationBanner kind="info" locale={locale}>
        Văn phòng nghỉ Tết từ 14/02/2026 đến 20/02/2026. Hồ sơ gửi trong những ngày này được tính từ 21/02/2026.
      </NotificationBanner>
      <NotificationBanner kind="warning" locale={locale}>
        Chưa gửi được vì mất kết nối. Bản nháp của bạn vẫn còn. Thử lại.
      </NotificationBanner>
    </Sample>
    <Sample name="Panel">
      <Panel level={2} title="Đã gửi hồ sơ" reference="K7QM-2D4X-PT9C" locale={locale}>
        Bộ phận Một cửa xã Nguyễn Phích sẽ xem trong 8 giờ làm việc.
      </Panel>
      <Qr text="https://cuaso.vn/tra-cuu/K7QM2D4XPT9C" label="Mã QR mở trang theo dõi hồ sơ K7QM-2D4X-PT9C" />
    </Sample>
    <Sample name="Tag">
      <p class="govuk-body cs-sample__tags">
        <Tag>Nháp</Tag> <Tag tone="info">Đang xử lý</Tag> <Tag tone="good">Đã có kết quả</Tag> <Tag tone="waiting">Chờ bạn bổ sung</Tag>{' '}
        <Tag tone="bad">Từ chối tiếp nhận</Tag> <Tag tone="accent">Hôm nay</Tag>
      </p>
    </Sample>
    <Sample name="Timeline">
      <Timeline
        entries={[
          { title: 'Bạn gửi hồ sơ', when: '09:12, 20/11/2026', who: 'Huỳnh Thị Ngọc Bích Trâm' },
          { title: 'Một cửa đã nhận', when: '10:05, 20/11/2026', who: 'Trần Văn Khởi, Bộ phận Một cửa xã Nguyễn Phích' },
          {
            title: 'Cần bạn bổ sung giấy chứng sinh',
            when: '15:40, 20/11/2026',
            state: 'problem',
            detail: <p class="govuk-body">Ảnh chụp bị mờ ở góc trên. Chụp lại và gửi trước 27/11/2026.</p>,
          },
          { title: 'Cán bộ hộ tịch đang xem', who: 'Lê Thị Diễm', state: 'current' },
          { title: 'Trả kết quả', when: 'trước 17:00 thứ Sáu, 27/11/2026', state: 'todo' },
        ]}
        locale={locale}
      />
    </Sample>
    <Sample name="Details, InsetText, WarningText, DefinitionPopover">
      <Details summary="Vì sao là ngày này?">
        Nhận lúc 15:01 thứ Sáu 20/11/2026, sau 15:00 nên tính từ thứ Hai 23/11/2026; 5 ngày làm việc, bỏ qua thứ Bảy và Chủ nhật.
      </Details>
      <InsetText>Không ai được yêu cầu bạn nộp lại giấy tờ mà cơ quan nhà nước đã có.</InsetText>
      <WarningText locale={locale}>Nếu quá 60 ngày chưa khai sinh cho con, bạn có thể bị nhắc nhở.</WarningText>
      <div class="govuk-body">
        Số định danh cá nhân{' '}
        <DefinitionPopover term="Số định danh cá nhân" locale={locale}>
          <p>Dãy 12 chữ số in trên thẻ căn cước, mỗi người một số suốt đời.</p>
        </DefinitionPopover>
      </div>
    </Sample>
    <Sample name="Progress">
      <Progress done={320} total={1974} label="Đã nạp 320 trong 1.974 thủ tục, còn khoảng 2 phút" />
    </Sample>
    <Sample name="EmptyState">
      <EmptyState title="Bạn chưa có hồ sơ nào" action={{ href: '/thu-tuc', text: 'Tìm thủ tục' }}>
        <p class="govuk-body">Chọn việc bạn cần làm, trả lời từng câu; mỗi trang đều được lưu lại.</p>
      </EmptyState>
    </Sample>
  </>
)
