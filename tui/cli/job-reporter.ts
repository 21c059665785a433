import { isFinished, type Job } from '../../protocol/domain/job.ts';
import { sanitiseText } from '../store/sanitise.ts';
import { percentOf, progressLine } from './progress-line.ts';
import { canRewrite, type Terminal } from './terminal.ts';

/** Shows jobs at work on stderr; disposing of it takes the line away. */
export interface JobReporter extends Disposable {
  onJob(job: Job): void;
  /** A line that stays, above the progress. */
  note(line: string): void;
}

export function createJobReporter(terminal: Terminal, quiet: boolean): JobReporter {
  if (canRewrite(terminal)) return rewritingReporter(terminal);
  return quiet ? silentReporter(terminal) : plainReporter(terminal);
}

function rewritingReporter(terminal: Terminal): JobReporter {
  const clear = '\r\x1b[K';
  let shown = '';
  const draw = (line: string): void => {
    if (line !== shown) terminal.err(clear + line);
    shown = line;
  };
  return {
    onJob(job) {
      if (!isFinished(job)) draw(sanitiseText(progressLine(job, terminal.columns() - 1)));
    },
    note(line) {
      terminal.err(`${clear}${sanitiseText(line)}\n${shown}`);
    },
    [Symbol.dispose]: () => draw(''),
  };
}

/** A line for every step and every tenth: readable in a log, no escape codes. */
function plainReporter(terminal: Terminal): JobReporter {
  let last = '';
  return {
    onJob(job) {
      if (isFinished(job)) return;
      const step = job.state.kind === 'running' ? job.state.progress.step : job.state.kind;
      const mark = `${job.id} ${step} ${Math.floor((percentOf(job) ?? 0) / 10)}`;
      if (mark !== last) terminal.err(`${sanitiseText(progressLine(job, 500))}\n`);
      last = mark;
    },
    note: (line) => terminal.err(`${sanitiseText(line)}\n`),
    [Symbol.dispose]: () => undefined,
  };
}

function silentReporter(terminal: Terminal): JobReporter {
  return {
    onJob: () => undefined,
    note: (line) => terminal.err(`${sanitiseText(line)}\n`),
    [Symbol.dispose]: () => undefined,
  };
}
