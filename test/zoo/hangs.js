// Never answers, and does not leave when asked to.
for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGPIPE']) process.on(name, () => {});
process.stdin.resume();
setInterval(() => {}, 1_000);
