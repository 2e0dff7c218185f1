// Loaded into the app before its own code: when `npm start` is gone without a word (killed, crashed), the app stops in
// good order instead of holding the port and the data folder unseen.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
