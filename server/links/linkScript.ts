/**
 * Takes the secret out of the address bar and the history before anything else, and sends it in the form. Without
 * scripts a person pastes their link there. Written for old phones.
 */
export const LINK_SCRIPT = `(function () {
  var secret = location.hash.slice(1)
  var form = document.querySelector('form[data-link]')
  if (!secret || !form) return
  history.replaceState(null, '', location.pathname + location.search)
  form.elements.link.value = secret
  form.submit()
})()
`
