import { truncate } from './layout.ts';
import { CLEAR_LINE, HIDE_CURSOR, SHOW_CURSOR } from './screen.ts';
import type { Terminal } from './terminal.ts';

/** What long steps say while they run. */
export interface Progress {
  /** Takes what is being done, or a line of a command's own output. */
  line(text: string): void;
  /** Ends the spinner and shows the cursor again. */
  stop(): void;
}

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 80;

/** A spinner with the last line beside it, or, where lines cannot change, every line as it comes. */
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
  // Whatever ends the process, the cursor comes back.
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
