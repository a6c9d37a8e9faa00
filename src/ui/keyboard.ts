import { createInterface, emitKeypressEvents } from 'node:readline';
import { PassThrough } from 'node:stream';

interface Key {
  readonly name?: string;
  readonly ctrl?: boolean;
}

/**
 * The keyboard as `prompts` is to see it. `prompts` ends a question alike on Esc and Ctrl-C, types "undefined" for keys
 * without a character (F1), and waits for ever on a terminal that has hung up: so keys pass through here first.
 */
export interface Keyboard {
  /** What `prompts` reads: a stream that never has bytes, only `keypress` events. */
  readonly stream: PassThrough & { isTTY: boolean; setRawMode(on: boolean): void };
  /** The key that was pressed last. */
  readonly lastKey: string | undefined;
  /** Ends the question that is being asked, as Ctrl-C does. */
  interrupt(): void;
  close(): void;
}

/** Keys without a character that `prompts` knows. */
const KNOWN = new Set(
  'return enter backspace delete escape tab pagedown pageup home end up down left right'.split(' '),
);
/** Ctrl with these letters has a meaning in `prompts`: start, stop (twice), end, reset. */
const KNOWN_WITH_CTRL = new Set(['a', 'c', 'd', 'e', 'g']);

/** What `prompts` knows a key as: it has the shell's Ctrl-U, which empties the line, on Ctrl-G. */
function known(key: Key): Key {
  return key.ctrl && key.name === 'u' ? { ...key, name: 'g' } : key;
}

/** Takes the terminal's input until it is closed. */
export function openKeyboard(stdin: NodeJS.ReadStream): Keyboard {
  // A lone Esc is told from an escape sequence by the time after it: 50 ms, as in prompts.
  const reader = createInterface({ input: stdin, terminal: false, escapeCodeTimeout: 50 });
  emitKeypressEvents(stdin, reader);
  const stream = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => {} });
  let lastKey: string | undefined;
  const press = (text: string | undefined, pressed: Key): void => {
    const key = known(pressed);
    const isKnown = key.ctrl ? KNOWN_WITH_CTRL.has(key.name ?? '') : text !== undefined || KNOWN.has(key.name ?? '');
    if (!isKnown) return;
    lastKey = key.name;
    stream.emit('keypress', text, key);
  };
  const interrupt = (): void => press(undefined, { name: 'c', ctrl: true });
  stdin.setRawMode(true);
  stdin.on('keypress', press);
  stdin.on('end', interrupt);
  return {
    stream,
    get lastKey() {
      return lastKey;
    },
    interrupt,
    close() {
      stdin.off('keypress', press);
      stdin.off('end', interrupt);
      stdin.setRawMode(false);
      reader.close();
      // Without this the open terminal keeps the process alive.
      stdin.pause();
    },
  };
}
