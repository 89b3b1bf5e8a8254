// Never answers, and takes memory as fast as it can.
const kept = [];
setInterval(() => kept.push(Buffer.alloc(16 * 2 ** 20, 1)), 20);
