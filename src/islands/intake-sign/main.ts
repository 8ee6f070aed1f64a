// Signature of receipt: a pad above the file field; what is drawn becomes the file that is sent. Without JavaScript the file field stays.
const INK = '#16262e'

function pad(place: HTMLElement): void {
  const input = place.querySelector<HTMLInputElement>('input[type="file"]')
  if (!input || typeof DataTransfer === 'undefined') return
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d')
  if (!context) return
  canvas.className = 'cs-pad'
  canvas.width = 720
  canvas.height = 240
  canvas.tabIndex = 0
  canvas.setAttribute('role', 'img')
  canvas.setAttribute('aria-label', place.dataset.label ?? '')
  const again = document.createElement('button')
  again.type = 'button'
  again.className = 'cs-link-button'
  again.textContent = place.dataset.clear ?? ''
  place.prepend(canvas, again)
  for (const part of input.closest('.govuk-form-group')?.querySelectorAll<HTMLElement>('label, input, .govuk-hint') ?? [])
    part.hidden = true

  const clear = (): void => {
    context.fillStyle = '#fff'
    context.fillRect(0, 0, canvas.width, canvas.height)
    input.value = ''
  }
  const at = (event: PointerEvent): [number, number] => {
    const box = canvas.getBoundingClientRect()
    return [((event.clientX - box.left) * canvas.width) / box.width, ((event.clientY - box.top) * canvas.height) / box.height]
  }
  let drawing = false
  const keep = (): void =>
    canvas.toBlob((blob) => {
      if (!blob) return
      const files = new DataTransfer()
      files.items.add(new File([blob], 'chu-ky.png', { type: 'image/png' }))
      input.files = files.files
    }, 'image/png')
  canvas.addEventListener('pointerdown', (event) => {
    drawing = true
    canvas.setPointerCapture(event.pointerId)
    context.strokeStyle = INK
    context.lineWidth = 3.5
    context.lineCap = 'round'
    context.lineJoin = 'round'
    context.beginPath()
    context.moveTo(...at(event))
  })
  canvas.addEventListener('pointermove', (event) => {
    if (!drawing) return
    context.lineTo(...at(event))
    context.stroke()
  })
  const lift = (): void => {
    if (drawing) keep()
    drawing = false
  }
  canvas.addEventListener('pointerup', lift)
  canvas.addEventListener('pointercancel', lift)
  again.addEventListener('click', clear)
  clear()
}

for (const place of document.querySelectorAll<HTMLElement>('[data-sign]')) pad(place)
