import type { Locale } from '../kernel/i18n/index.ts'
import { Breadcrumbs, Button, ButtonGroup, LinkButton, Mark, SearchBox, SubNavigation, Tiles } from './index.ts'
import { DataSamples } from './styleguide-data.tsx'
import { FormSamples } from './styleguide-forms.tsx'
import { MessageSamples } from './styleguide-messages.tsx'
import { Sample } from './styleguide-sample.tsx'

const tokens = [
  ['ink', 'chữ'],
  ['muted', 'chữ phụ'],
  ['primary-text', 'đước'],
  ['link', 'liên kết'],
  ['visited', 'đã xem'],
  ['red', 'lỗi, quá hạn'],
  ['amber', 'sắp đến hạn'],
  ['green', 'đạt, còn hạn'],
] as const

/** Every component as it is, with long names, errors and nothing in it. Mounted by the administration door. */
export const StyleGuide = ({ locale }: { locale: Locale }) => (
  <>
    <h1 class="govuk-heading-xl">Giao diện</h1>
    <p class="govuk-body">
      Trang này dùng chính những thành phần mà mọi trang khác dùng. Tên dài, lỗi và chỗ trống ở đây là cố ý:{' '}
      <a class="govuk-link" href="/thu-tuc">
        mọi thủ tục
      </a>{' '}
      đều phải đọc được trên điện thoại rộng 360 điểm ảnh.
    </p>
    <h2 class="govuk-heading-l">Dấu hiệu và màu</h2>
    <Sample name="Mark">
      <p class="cs-sample__marks">
        <Mark size={96} /> <Mark size={48} /> <Mark size={24} /> <Mark size={16} />
      </p>
    </Sample>
    <Sample name="Màu chữ trên nền">
      <ul class="govuk-list">
        {tokens.map(([token, use]) => (
          <li class={`cs-sample__token cs-sample__token--${token}`}>
            {token}: {use}
          </li>
        ))}
      </ul>
    </Sample>
    <Sample name="Chữ">
      <p class="govuk-heading-xl">Giấy xác nhận tình trạng hôn nhân</p>
      <p class="govuk-heading-l">Đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất</p>
      <p class="govuk-heading-m">Ủy ban nhân dân xã Nguyễn Phích, huyện U Minh</p>
      <p class="govuk-body">
        Ắ Ằ Ẳ Ẵ Ặ Ế Ề Ể Ễ Ệ Ố Ồ Ổ Ỗ Ộ Ớ Ờ Ở Ỡ Ợ Ứ Ừ Ử Ữ Ự Ỳ Ỵ Ỷ Ỹ Đ, ắ ằ ẳ ẵ ặ ế ề ể ễ ệ ố ồ ổ ỗ ộ ớ ờ ở ỡ ợ ứ ừ ử ữ ự ỳ ỵ ỷ ỹ đ
      </p>
      <p class="govuk-body-s">Cỡ nhỏ: bạn sẽ có kết quả trước 17:00 thứ Sáu, 27/11/2026.</p>
      <p class="govuk-body cs-tabular">0123456789 · 82.015 · 11.111 · 97,3 % · 50.000 đ</p>
      <p class="govuk-body">
        <a class="govuk-link" href="/tra-cuu">
          Tra cứu hồ sơ đã nộp ở Trung tâm Phục vụ hành chính công
        </a>
      </p>
    </Sample>
    <h2 class="govuk-heading-l">Nút và đường đi</h2>
    <Sample name="Button, LinkButton, ButtonGroup">
      <ButtonGroup>
        <Button>Lưu và tiếp tục</Button>
        <Button look="secondary">Để sau</Button>
        <Button look="warning">Rút hồ sơ</Button>
        <Button disabled>Chưa gửi được</Button>
      </ButtonGroup>
      <LinkButton href="/ho-so/nop/1.001193" look="start">
        Bắt đầu đăng ký khai sinh kết hợp đăng ký thường trú và cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi
      </LinkButton>
    </Sample>
    <Sample name="SearchBox">
      <SearchBox
        big
        action="/thu-tuc"
        label="Bạn cần làm gì?"
        hint="Ví dụ: giấy khai sinh, mở quán ăn, chuyển nhượng đất"
        suggestions="/thu-tuc/goi-y"
        locale={locale}
      />
      <SearchBox id="search-small" action="/mot-cua" label="Tìm hồ sơ" labelHidden value="H12.101-261121-0042" locale={locale} />
    </Sample>
    <Sample name="Tiles">
      <Tiles
        tiles={[
          { href: '/thu-tuc?viec=sinh-con', title: 'Sinh con' },
          { href: '/thu-tuc?viec=ket-hon', title: 'Kết hôn', text: 'Đăng ký, xác nhận tình trạng hôn nhân' },
          { href: '/thu-tuc?viec=nha-dat', title: 'Nhà đất' },
          { href: '/thu-tuc?viec=nguoi-than', title: 'Người thân qua đời' },
        ]}
      />
    </Sample>
    <Sample name="SubNavigation, Breadcrumbs">
      <Breadcrumbs
        items={[
          { text: 'Trang đầu', href: '/' },
          { text: 'Đất đai', href: '/thu-tuc?linh-vuc=dat-dai' },
          { text: 'Đăng ký biến động quyền sử dụng đất do thay đổi thông tin về người được cấp giấy chứng nhận' },
        ]}
        locale={locale}
      />
      <SubNavigation
        label="Hồ sơ"
        tabs={[
          { text: 'Việc của tôi', href: '?tab=mine', current: true, count: 12 },
          { text: 'Cả đơn vị', href: '?tab=unit', count: 1042 },
          { text: 'Chờ bổ sung', href: '?tab=waiting', count: 0 },
        ]}
      />
    </Sample>
    <h2 class="govuk-heading-l">Biểu mẫu</h2>
    <FormSamples locale={locale} />
    <h2 class="govuk-heading-l">Lời nói</h2>
    <MessageSamples locale={locale} />
    <h2 class="govuk-heading-l">Số liệu và hồ sơ</h2>
    <DataSamples locale={locale} />
  </>
)
