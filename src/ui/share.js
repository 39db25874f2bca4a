// Copies what stands in a field, or hands its address over to another program. Without it the field is there to be copied from.
for (const place of document.querySelectorAll('[data-share]')) {
  const field = document.getElementById(place.dataset.share)
  const told = place.querySelector('[role=status]')
  const handOver = place.querySelector('[data-does=hand-over]')
  place.hidden = false

  place.querySelector('[data-does=copy]').addEventListener('click', async () => {
    told.textContent = ''
    field.select()
    try {
      await navigator.clipboard.writeText(field.value)
      told.textContent = told.dataset.copied
    } catch {
      told.textContent = told.dataset.failed
    }
  })

  const shared = { title: place.dataset.title, url: field.value }
  if (!handOver || !navigator.canShare?.(shared)) continue
  handOver.hidden = false
  handOver.addEventListener('click', () => navigator.share(shared).catch(() => {})) // Whoever changes their mind is told nothing.
}
