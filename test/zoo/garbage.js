// Answers every line with bytes that are neither text nor JSON, with JSON that is no message, and with half a message.
process.stdin.on('data', () => {
  process.stdout.write(Buffer.from([0xff, 0xfe, 0x00, 0xc3, 0x28, 0x0a]));
  process.stdout.write('{"hello": "world"}\n[1, 2]\n{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":\n');
});
