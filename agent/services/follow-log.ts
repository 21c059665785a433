import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { cutLine } from './log-lines.ts';
import type { LogPage, ManagedService } from './manager.ts';
import type { ServiceSettings } from './settings.ts';

export interface LogQuestion {
  readonly cursor?: string | undefined;
  readonly lines: number;
}

/** Well within the time that a client waits for an answer. */
const patienceMs = 15_000;

/** Between two looks while somebody reads: a look at a file costs nothing, the others a process of 15 ms or more. */
const paceMs: Readonly<Record<ServiceSettings['manager'], number>> = {
  process: 250,
  systemd: 1000,
  command: 1000,
};

/** Answers as soon as there are lines behind the cursor, never more often than its pace, and with none after a while. */
export async function followLog(
  managed: ManagedService,
  manager: ServiceSettings['manager'],
  { cursor, lines }: LogQuestion,
  signal: AbortSignal,
): Promise<LogPage> {
  const look = async (): Promise<LogPage> =>
    (await managed.logAfter?.(cursor, lines, signal)) ?? (await compare(managed, cursor, lines));
  if (cursor === undefined) return await look();
  const untilMs = performance.now() + patienceMs;
  for (;;) {
    await wait(paceMs[manager], undefined, { signal });
    const page = await look();
    if (page.lines.length > 0 || page.gap || performance.now() >= untilMs) return page;
  }
}

/** So many lines are the mark of where one was. */
const markLines = 5;

/** For a log that can only be asked for its last lines: what follows those that were last before. */
async function compare(
  managed: ManagedService,
  cursor: string | undefined,
  count: number,
): Promise<LogPage> {
  const lines = (await managed.logs(count)).map(cutLine);
  const next = markOf(lines);
  if (cursor === undefined) return { lines, cursor: next, gap: false };
  if (next === cursor) return { lines: [], cursor, gap: false };
  const at = endOfMark(lines, cursor);
  return { lines: lines.slice(at ?? 0), cursor: next, gap: at === undefined };
}

function markOf(lines: readonly string[]): string {
  const last = lines.slice(-markLines);
  const hash = createHash('sha256').update(last.join('\n')).digest('base64url');
  return `${last.length}:${hash}`;
}

function endOfMark(lines: readonly string[], mark: string): number | undefined {
  const length = Number.parseInt(mark, 10);
  if (length === 0) return 0;
  for (let end = lines.length; end >= length; end -= 1) {
    if (markOf(lines.slice(end - length, end)) === mark) return end;
  }
  return undefined;
}
