// Remembers which language a reader chose in the menu, for addresses that name none. Everything works without it.
for (const menu of document.querySelectorAll('.switcher')) {
  menu.addEventListener('click', ({ target }) => {
    const locale = target.closest('a[data-locale]')?.dataset.locale
    if (!locale) return
    const secure = location.protocol === 'https:' ? '; Secure' : ''
    document.cookie = `locale=${locale}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`
  })
  document.addEventListener('click', ({ target }) => {
    if (menu.open && !menu.contains(target)) menu.open = false
  })
  menu.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || !menu.open) return
    menu.open = false
    menu.querySelector('summary').focus()
  })
}
