// Copies a reference to the clipboard. The buttons are hidden until we know that the browser can.
for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
  if (!navigator.clipboard) continue
  const label = button.textContent
  button.hidden = false
  button.setAttribute('aria-live', 'polite')
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy ?? '')
    } catch {
      // Not allowed here: the reference itself is still on the page to be selected.
      button.hidden = true
      return
    }
    button.textContent = `✓ ${button.dataset.done ?? ''}`
    setTimeout(() => (button.textContent = label), 2500)
  })
}
