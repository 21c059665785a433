import { appendFileSync, mkdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LogLine } from '../../protocol/domain/snapshot.ts';
import { removeFile } from '../os/files.ts';

/** The log of each job: one JSON line a message, in `<state>/jobs/<id>.log`. */
export interface JobLogs {
  /** Never throws: a full disk must not end the daemon. What is lost is said in the daemon's own log. */
  write(job: number, line: LogLine): void;
  read(job: number, lines: number): Promise<readonly LogLine[]>;
  remove(job: number): Promise<void>;
}

/** One log takes no more than this, bytes. */
const limitBytes = 4 * 1024 * 1024;

export function openJobLogs(stateFolder: string): JobLogs {
  const folder = join(stateFolder, 'jobs');
  mkdirSync(folder, { recursive: true });
  const fileOf = (job: number): string => join(folder, `${job}.log`);
  return {
    write(job, line) {
      try {
        const path = fileOf(job);
        const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
        if (size < limitBytes) appendFileSync(path, `${JSON.stringify(line)}\n`, { mode: 0o600 });
      } catch {
        return;
      }
    },
    async read(job, lines) {
      const text = await readFile(fileOf(job), 'utf8').catch(() => '');
      return text.split('\n').filter(Boolean).slice(-lines).flatMap(decodeLine);
    },
    remove: async (job) => await removeFile(fileOf(job)),
  };
}

/** A line torn by a crash is left out. */
function decodeLine(text: string): LogLine[] {
  try {
    return [LogLine.parse(JSON.parse(text))];
  } catch {
    return [];
  }
}
