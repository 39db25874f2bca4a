// Makes passkeys and signs in with them. Where a browser cannot, its buttons stay hidden and the link by mail does it.
const supported = globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON !== undefined

for (const place of supported ? document.querySelectorAll('[data-passkey]') : []) {
  const button = place.querySelector('button')
  const told = place.querySelector('[role=status]')
  const { passkey: kind, options, answer, next } = place.dataset
  place.hidden = false
  for (const instead of document.querySelectorAll('[data-without-passkey]')) instead.hidden = true

  button.addEventListener('click', async () => {
    button.disabled = true
    told.textContent = ''
    try {
      const asked = await post(options, {})
      const credential =
        kind === 'add'
          ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked) })
          : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked) })
      const { location } = await post(answer, { credential: credential.toJSON(), next })
      globalThis.location.assign(location)
    } catch {
      told.textContent = told.dataset.failed
      button.disabled = false
      button.focus()
    }
  })
}

async function post(address, data) {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify(data),
  })
  if (!response.ok) throw new Error(String(response.status))
  return await response.json()
}
