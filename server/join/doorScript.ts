/**
 * The one script of these pages, served at `/j.js`; everything works without it. It covers the page at once when
 * somebody leaves, keeps "back" from returning here, and leaves when Shift is pressed three times. At the door it looks
 * whether somebody was let in without loading the page anew, which would send a screen reader back to its top.
 * Written for old phones.
 */
export const DOOR_SCRIPT = `(function () {
  var link = document.querySelector('a.leave')
  var keys = document.querySelector('[data-keys]')
  var waiting = document.querySelector('[data-look-again]')
  function leave(event) {
    if (event) event.preventDefault()
    document.body.hidden = true
    if (window.speechSynthesis) speechSynthesis.cancel()
    document.title = '…'
    location.replace(link.href)
  }
  keys.hidden = false
  link.addEventListener('click', leave)
  var times = []
  document.addEventListener('keyup', function (event) {
    if (event.key !== 'Shift') { times = []; return }
    times = times.concat(Date.now()).slice(-3)
    if (times.length === 3 && times[2] - times[0] < 3000) leave()
  })
  addEventListener('pageshow', function (event) { if (event.persisted) location.reload() })

  var aloud = document.querySelector('[data-read-aloud]')
  if (aloud && window.speechSynthesis && window.SpeechSynthesisUtterance) {
    aloud.hidden = false
    aloud.addEventListener('click', function () {
      var speaking = speechSynthesis.speaking
      speechSynthesis.cancel()
      if (speaking) return
      var lines = document.getElementById(aloud.getAttribute('data-read-aloud')).children
      for (var i = 0; i < lines.length; i += 1) {
        var words = new SpeechSynthesisUtterance(lines[i].textContent)
        words.lang = document.documentElement.lang + '-US'
        speechSynthesis.speak(words)
      }
    })
    addEventListener('pagehide', function () { speechSynthesis.cancel() })
  }

  if (!waiting) return
  var timer
  function later() {
    clearTimeout(timer)
    timer = setTimeout(look, waiting.getAttribute('data-look-again') * 1000)
  }
  function look() {
    if (!window.fetch) return location.reload()
    fetch(location.href, { redirect: 'manual', credentials: 'same-origin' })
      .then(function (answer) {
        if (answer.type === 'opaqueredirect') return ''
        if (!answer.ok) throw answer
        return answer.text()
      })
      .then(function (page) { if (page.indexOf('data-look-again') < 0) location.reload(); else later() })
      .catch(later)
  }
  document.addEventListener('visibilitychange', function () { if (!document.hidden) look() })
  later()
})()
`
