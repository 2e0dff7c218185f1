/**
 * The one script of these pages, served at `/j.js`; everything works without it. It covers the page at once when
 * somebody leaves, keeps "back" from returning here, and leaves when Shift is pressed three times.
 */
export const LEAVE_SCRIPT = `(function () {
  var link = document.querySelector('a.leave')
  if (!link) return
  var keys = document.querySelector('[data-keys]')
  if (keys) keys.hidden = false
  function leave(event) {
    if (event) event.preventDefault()
    document.body.hidden = true
    document.title = '…'
    location.replace(link.href)
  }
  link.addEventListener('click', leave)
  var times = []
  document.addEventListener('keyup', function (event) {
    if (event.key !== 'Shift') { times = []; return }
    times = times.concat(Date.now()).slice(-3)
    if (times.length === 3 && times[2] - times[0] < 3000) leave()
  })
  addEventListener('pageshow', function (event) { if (event.persisted) location.reload() })
})()
`
