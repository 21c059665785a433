import { isFinished, type Job, type Progress } from '../../protocol/domain/job.ts';
import { sanitiseText } from '../store/sanitise.ts';
import { percentOf, progressLine, progressWords } from './progress-line.ts';
import { canRewrite, type Terminal } from './terminal.ts';

/** Shows jobs, and other work, on stderr; disposing of it takes the line away. */
export interface JobReporter extends Disposable {
  onJob(job: Job): void;
  /** Of what works in this program itself. */
  onProgress(progress: Progress): void;
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
    onProgress: (progress) => draw(sanitiseText(progressWords(progress, terminal.columns() - 1))),
    note(line) {
      terminal.err(`${clear}${sanitiseText(line)}\n${shown}`);
    },
    [Symbol.dispose]: () => draw(''),
  };
}

/** A line for every step and every tenth: readable in a log, no escape codes. */
function plainReporter(terminal: Terminal): JobReporter {
  let last = '';
  const write = (mark: string, line: string): void => {
    if (mark !== last) terminal.err(`${sanitiseText(line)}\n`);
    last = mark;
  };
  return {
    onJob(job) {
      if (isFinished(job)) return;
      const mark = job.state.kind === 'running' ? markOf(job.state.progress) : job.state.kind;
      write(`${job.id} ${mark}`, progressLine(job, 500));
    },
    onProgress: (progress) => write(markOf(progress), progressWords(progress, 500)),
    note: (line) => terminal.err(`${sanitiseText(line)}\n`),
    [Symbol.dispose]: () => undefined,
  };
}

function markOf(progress: Progress): string {
  return `${progress.step} ${Math.floor((percentOf(progress) ?? 0) / 10)}`;
}

function silentReporter(terminal: Terminal): JobReporter {
  return {
    onJob: () => undefined,
    onProgress: () => undefined,
    note: (line) => terminal.err(`${sanitiseText(line)}\n`),
    [Symbol.dispose]: () => undefined,
  };
}
