import { connect } from 'node:net';

const PATIENCE_MS = 1_000;
/** The replies to `AUTH` and to the command: a text, nothing, or a line. */
const ANSWERS = /^[+-].*\r\n(?:\$\d+\r\n(.*)\r\n|\$-1\r\n|[+:].*\r\n)$/;

/** Runs a command on the server of REDIS_URL; returns the text of the reply, if any; rejects without a timely reply. */
export async function askRedis(...command: readonly string[]): Promise<string | undefined> {
  const { hostname, port, password } = new URL(process.env['REDIS_URL'] ?? '');
  const socket = connect(Number(port), hostname).setEncoding('utf8');
  socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error('Redis does not respond')));
  socket.write(encode(['AUTH', decodeURIComponent(password)]) + encode(command));
  let received = '';
  for await (const text of socket) {
    received += text;
    const answers = ANSWERS.exec(received);
    if (answers !== null) return answers[1];
  }
  throw new Error(`Redis answered ${received}`);
}

function encode(words: readonly string[]): string {
  return `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`;
}
