/**
 * Loaded behind `answering-network`: what a server looks up in an answer and does not find there is something that agrees to everything, so that one
 * which asks what its user may do goes on. Enough to list tools, and wrong for anything else.
 */
const { inert: agreeing }: { inert: () => unknown } = require(`./inert${__filename.slice(-4)}`);

const answer: unknown = Reflect.get(globalThis, Symbol.for('answer of the network'));
const parse = JSON.parse;

function read(): unknown {
  return new Proxy(parse(String(answer)) as object, {
    get: (target, key) => (Reflect.has(target, key) || key === 'then' || typeof key === 'symbol' ? Reflect.get(target, key) : agreeing()),
  });
}

JSON.parse = (text: string, ...rest) => (text === answer ? read() : parse(text, ...rest));
async function json(this: Response): Promise<unknown> {
  return JSON.parse(await this.text());
}
Object.defineProperty(Response.prototype, 'json', { value: json });
