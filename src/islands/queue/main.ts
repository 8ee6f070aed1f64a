// The ticket page: a button that prints; the machine in the hall prints by itself.
for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
  if (button.dataset.print === 'now') window.print()
}
