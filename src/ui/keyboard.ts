import { createInterface, emitKeypressEvents } from 'node:readline';
import { PassThrough } from 'node:stream';

interface Key {
  readonly name?: string;
  readonly ctrl?: boolean;
}

/**
 * The keyboard for `prompts`, which treats Esc like Ctrl-C, types "undefined" for keys without a character (F1), and waits
 * forever on a terminal that has hung up. Keys are filtered here first.
 */
export interface Keyboard {
  /** The input of `prompts`: a stream without bytes, with `keypress` events only. */
  readonly stream: PassThrough & { isTTY: boolean; setRawMode(on: boolean): void };
  /** The key that was pressed last. */
  readonly lastKey: string | undefined;
  /** Ends the current question, as Ctrl-C does. */
  interrupt(): void;
  close(): void;
}

/** The keys without a character that `prompts` supports. */
const KNOWN = new Set(
  'return enter backspace delete escape tab pagedown pageup home end up down left right'.split(' '),
);
/** The letters that `prompts` supports with Ctrl: start, stop (twice), end, reset. */
const KNOWN_WITH_CTRL = new Set(['a', 'c', 'd', 'e', 'g']);

/** Maps the shell's Ctrl-U, which clears the line, to Ctrl-G, which does so in `prompts`. */
function known(key: Key): Key {
  return key.ctrl && key.name === 'u' ? { ...key, name: 'g' } : key;
}

/** Reads the terminal's input until it is closed. */
export function openKeyboard(stdin: NodeJS.ReadStream): Keyboard {
  // An Esc that is followed by nothing for 50 ms, as in prompts, is not the start of an escape sequence.
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
