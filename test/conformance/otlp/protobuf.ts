/** The fields of a message in protobuf's wire format, by number: enough of it to read OTLP. */
export class Message {
  readonly #fields = new Map<number, (bigint | Buffer)[]>();

  /** Throws if the bytes are not a message. */
  constructor(bytes: Buffer) {
    for (let at = 0; at < bytes.length; ) {
      const tag = varint(bytes, at);
      const value = fieldAt(bytes, tag.end, Number(tag.value & 7n));
      const number = Number(tag.value >> 3n);
      this.#fields.set(number, [...(this.#fields.get(number) ?? []), value.value]);
      at = value.end;
    }
  }

  bytes(number: number): Buffer {
    return this.#all(number).filter((value) => typeof value !== 'bigint')[0] ?? Buffer.alloc(0);
  }

  hex(number: number): string {
    return this.bytes(number).toString('hex');
  }

  text(number: number): string {
    return this.bytes(number).toString('utf8');
  }

  /** 0 if it is absent, as in protobuf. */
  integer(number: number): number {
    return Number(this.#all(number).find((value) => typeof value === 'bigint') ?? 0n);
  }

  has(number: number): boolean {
    return this.#fields.has(number);
  }

  messages(number: number): Message[] {
    return this.#all(number).flatMap((value) => (typeof value === 'bigint' ? [] : [new Message(value)]));
  }

  #all(number: number): readonly (bigint | Buffer)[] {
    return this.#fields.get(number) ?? [];
  }
}

function fieldAt(bytes: Buffer, at: number, wireType: number): { value: bigint | Buffer; end: number } {
  if (wireType === 0) return varint(bytes, at);
  if (wireType === 1) return { value: bytes.readBigUInt64LE(at), end: at + 8 };
  if (wireType === 5) return { value: BigInt(bytes.readUInt32LE(at)), end: at + 4 };
  if (wireType !== 2) throw new Error(`no wire type ${wireType}`);
  const length = varint(bytes, at);
  const end = length.end + Number(length.value);
  if (end > bytes.length) throw new Error('a field is longer than its message');
  return { value: bytes.subarray(length.end, end), end };
}

function varint(bytes: Buffer, at: number): { value: bigint; end: number } {
  let value = 0n;
  for (let end = at; end < bytes.length; ) {
    const byte = bytes.readUInt8(end);
    value |= BigInt(byte & 0x7f) << BigInt(7 * (end - at));
    end++;
    if (byte < 0x80) return { value, end };
  }
  throw new Error('a number does not end');
}
