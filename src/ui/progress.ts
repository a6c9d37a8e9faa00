import { truncate } from './layout.ts';
import { CLEAR_LINE, HIDE_CURSOR, SHOW_CURSOR } from './screen.ts';
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
  return terminal.isLive ? startSpinner(terminal) : { line: (text) => terminal.note(`  ${text}`), stop: () => {} };
}

function startSpinner(terminal: Terminal): Progress {
  const { stderr } = terminal.streams;
  let text = '';
  let frame = 0;
  const draw = (): void => {
    frame = (frame + 1) % FRAMES.length;
    const shown = truncate(text, stderr.columns - 3);
    stderr.write(`${CLEAR_LINE}${terminal.err.cyan(FRAMES[frame] ?? '')} ${terminal.err.dim(shown)}`);
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
