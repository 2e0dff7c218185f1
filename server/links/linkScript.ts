/**
 * Takes the secret out of the address bar and the history before anything else, and sends it in the form. Without
 * scripts a person pastes their link there. While the phone knows that it has no line nothing is sent: the browser's
 * own page would take the place of what was typed. Written for old phones.
 */
export const LINK_SCRIPT = `(function () {
  var secret = location.hash.slice(1)
  var form = document.querySelector('form[data-link]')
  if (secret && form) {
    history.replaceState(null, '', location.pathname + location.search)
    form.elements.link.value = secret
    if (navigator.onLine !== false) form.submit()
    else form.querySelector('[data-no-line]').hidden = false
  }
  addEventListener('submit', function (event) {
    var note = event.target.querySelector('[data-no-line]')
    if (!note) return
    note.hidden = navigator.onLine !== false
    if (!note.hidden) event.preventDefault()
  })
})()
`
