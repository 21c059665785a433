import type { LogLine } from '../../protocol/domain/snapshot.ts';

const linesKept = 2_000;

/** What the daemon did: kept for clients, published, and written to its own output. */
export interface DaemonLog {
  write(level: LogLine['level'], text: string): void;
  /** A line of a job, already in the job's own log. */
  take(line: LogLine): void;
  tail(lines: number): readonly LogLine[];
}

export function createDaemonLog(options: {
  readonly now: () => number;
  readonly publish: (line: LogLine) => void;
  readonly output: (line: LogLine) => void;
}): DaemonLog {
  const lines: LogLine[] = [];
  const take = (line: LogLine): void => {
    lines.push(line);
    if (lines.length > linesKept) lines.splice(0, lines.length - linesKept);
    options.publish(line);
    options.output(line);
  };
  return {
    write: (level, text) => take({ atMs: options.now(), level, text }),
    take,
    tail: (count) => lines.slice(-count),
  };
}
