const LINE_END = /\r\n|\r|\n/g;
/** Of events, comments and fields other than data in one stream: millions of them cost seconds, in which every other server waits. */
const MAX_EVENTS = 20_000;

/**
 * Takes the messages out of a `text/event-stream`, each exactly as it was sent; only its line ends become line feeds. Other events than messages are
 * passed over.
 */
export class EventReader {
  readonly #maxLength: number;
  #line: string[] = [];
  #lineLength = 0;
  #event = '';
  #data: string[] = [];
  #dataLength = 0;
  #endsInReturn = false;
  #isFirstLine = true;
  #hasId = false;
  #events = 0;

  /** @param maxLength - Of one event, in UTF-16 code units. */
  constructor(maxLength: number) {
    this.#maxLength = maxLength;
  }

  /** An event had an id: the stream may be taken up again where it ended. */
  get hasId(): boolean {
    return this.#hasId;
  }

  /** An event is longer than allowed; from then on nothing is to be pushed. */
  get isTooLong(): boolean {
    return this.#lineLength + this.#dataLength > this.#maxLength;
  }

  /** It holds more events than a list of tools can need; from then on nothing is to be pushed. */
  get areTooMany(): boolean {
    return this.#events > MAX_EVENTS;
  }

  /** The messages that `chunk` completes. */
  push(chunk: string): string[] {
    if (chunk === '') return [];
    const text = this.#endsInReturn && chunk.startsWith('\n') ? chunk.slice(1) : chunk;
    this.#endsInReturn = chunk.endsWith('\r');
    const messages: string[] = [];
    let start = 0;
    for (const { index, 0: end } of text.matchAll(LINE_END)) {
      this.#hold(text.slice(start, index));
      if (this.isTooLong || this.areTooMany) return messages;
      messages.push(...this.#endLine());
      start = index + end.length;
    }
    this.#hold(text.slice(start));
    return messages;
  }

  #hold(part: string): void {
    this.#line.push(part);
    this.#lineLength += part.length;
  }

  #endLine(): string[] {
    const joined = this.#line.join('');
    const line = this.#isFirstLine ? joined.replace(/^\uFEFF/, '') : joined;
    this.#isFirstLine = false;
    this.#line = [];
    this.#lineLength = 0;
    if (line === '') return this.#dispatch();
    this.#readField(line);
    return [];
  }

  #readField(line: string): void {
    const colon = line.indexOf(':');
    const name = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'event') this.#event = value;
    if (name === 'id') this.#hasId = true;
    if (name !== 'data') {
      this.#events += 1;
      return;
    }
    this.#data.push(value);
    this.#dataLength += value.length + 1;
  }

  #dispatch(): string[] {
    this.#events += 1;
    const isMessage = this.#data.length > 0 && (this.#event === '' || this.#event === 'message');
    const message = this.#data.join('\n');
    this.#event = '';
    this.#data = [];
    this.#dataLength = 0;
    return isMessage ? [message] : [];
  }
}
