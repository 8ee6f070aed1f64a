// The desk's camera: reads the QR code of an identity card, or takes pictures of papers. Loaded when somebody asks for it.
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url'

const english = document.documentElement.lang === 'en'
const words = english
  ? {
      none: 'This machine has no camera that can be used here. Use the scanner, or type.',
      denied: 'The camera was not allowed. Allow it in the address bar, or type.',
      busy: 'Another program is using the camera. Close it and try again.',
      stop: 'Close the camera',
      take: 'Take the picture',
      hold: 'Hold the QR code of the card before the camera.',
      taken: 'Taken: {n}',
    }
  : {
      none: 'Máy này không có camera dùng được. Dùng đầu quét, hoặc gõ tay.',
      denied: 'Trình duyệt chưa cho dùng camera. Cho phép ở thanh địa chỉ, hoặc gõ tay.',
      busy: 'Camera đang được chương trình khác dùng. Đóng chương trình đó rồi thử lại.',
      stop: 'Tắt camera',
      take: 'Chụp trang này',
      hold: 'Đưa mã QR trên thẻ trước camera.',
      taken: 'Đã chụp: {n}',
    }

function reason(error: unknown): string {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return words.denied
  return name === 'NotReadableError' || name === 'AbortError' ? words.busy : words.none
}

interface Camera {
  readonly box: HTMLElement
  readonly video: HTMLVideoElement
  readonly say: (text: string) => void
  close(): void
}

const button = (text: string): HTMLButtonElement => {
  const made = document.createElement('button')
  made.type = 'button'
  made.className = 'govuk-button govuk-button--secondary'
  made.textContent = text
  return made
}

/** Opens the camera below an element; says at the place why it cannot. */
async function open(below: Element): Promise<Camera | undefined> {
  const box = document.createElement('div')
  box.className = 'cs-camera'
  const status = document.createElement('p')
  status.className = 'govuk-hint'
  status.setAttribute('role', 'status')
  box.append(status)
  below.after(box)
  let stream: MediaStream
  try {
    if (!navigator.mediaDevices) throw new DOMException('', 'NotFoundError')
    stream = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: 'environment', width: { ideal: 1920 }, height: { ideal: 1080 } },
    })
  } catch (error) {
    status.textContent = reason(error)
    return undefined
  }
  const video = document.createElement('video')
  video.playsInline = true
  video.muted = true
  video.srcObject = stream
  const stop = button(words.stop)
  box.append(video, stop)
  const close = (): void => {
    for (const track of stream.getTracks()) track.stop()
    box.remove()
  }
  stop.addEventListener('click', close)
  addEventListener('pagehide', close, { once: true })
  await video.play()
  return {
    ...{ box, video, close },
    say: (text) => {
      status.textContent = text
    },
  }
}

function frameOf(video: HTMLVideoElement): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = video.videoWidth
  canvas.height = video.videoHeight
  canvas.getContext('2d')?.drawImage(video, 0, 0)
  return canvas
}

/** Looks for a QR code until `accept` takes what it says. */
export async function scanCard(below: Element, accept: (text: string) => boolean): Promise<void> {
  const camera = await open(below)
  if (!camera) return
  camera.say(words.hold)
  const { prepareZXingModule, readBarcodes } = await import('zxing-wasm/reader')
  prepareZXingModule({ overrides: { locateFile: () => wasm } })
  const look = async (): Promise<void> => {
    if (!camera.box.isConnected) return
    const canvas = frameOf(camera.video)
    const picture = canvas.width > 0 ? canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) : undefined
    const found = picture ? await readBarcodes(picture, { formats: ['QRCode'], maxNumberOfSymbols: 1, tryHarder: true }) : []
    const text = found[0]?.text
    if (text !== undefined && accept(text)) return camera.close()
    setTimeout(() => void look(), 150)
  }
  await look()
}

/** Pictures of a paper, page by page, into a file field: sent with the form like chosen files. */
export async function takePages(input: HTMLInputElement): Promise<void> {
  const camera = await open(input)
  if (!camera) return
  const take = button(words.take)
  camera.video.after(take)
  take.focus()
  take.addEventListener('click', () => {
    frameOf(camera.video).toBlob(
      (blob) => {
        if (!blob) return
        const files = new DataTransfer()
        for (const file of input.files ?? []) files.items.add(file)
        files.items.add(new File([blob], `trang-${files.files.length + 1}.jpg`, { type: 'image/jpeg' }))
        input.files = files.files
        camera.say(words.taken.replace('{n}', String(files.files.length)))
      },
      'image/jpeg',
      0.85,
    )
  })
}
