import { truncate } from './layout.ts';
import { CLEAR_LINE, HIDE_CURSOR, SHOW_CURSOR } from './screen.ts';
import type { Style } from './style.ts';
import type { Terminal } from './terminal.ts';

/** The progress of long steps. */
export interface Progress {
  /** Shows a line of a command's output. */
  line(text: string): void;
  /** Ends the spinner and shows the cursor again. */
  stop(): void;
}

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 80;

/** Shows a spinner with the latest line, or every line if the output is not a terminal. */
export function startProgress(terminal: Terminal): Progress {
  const { stderr } = terminal.streams;
  if (terminal.isLive && stderr.isTTY) return startSpinner(stderr, terminal.err);
  return { line: (text) => terminal.note(`  ${text}`), stop: () => {} };
}

function startSpinner(stderr: NodeJS.WriteStream, style: Style): Progress {
  let text = '';
  let frame = 0;
  const draw = (): void => {
    frame = (frame + 1) % FRAMES.length;
    const shown = truncate(text, stderr.columns - 3);
    stderr.write(`${CLEAR_LINE}${style.cyan(FRAMES[frame] ?? '')} ${style.dim(shown)}`);
  };
  const timer = setInterval(draw, FRAME_MS);
  // The cursor is shown again however the process ends.
  const restore = (): void => void stderr.write(CLEAR_LINE + SHOW_CURSOR);
  process.once('exit', restore);
  stderr.write(HIDE_CURSOR);
  return {
    line(latest) {
      text = latest.trim();
    },
    stop() {
      clearInterval(timer);
      process.off('exit', restore);
      restore();
    },
  };
}
