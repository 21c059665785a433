import { appendFileSync, mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LogLine } from '../../protocol/domain/snapshot.ts';

/** The log of each job: one JSON line a message, in `<state>/jobs/<id>.log`. */
export interface JobLogs {
  write(job: number, line: LogLine): void;
  read(job: number, lines: number): Promise<readonly LogLine[]>;
}

export function openJobLogs(stateFolder: string): JobLogs {
  const folder = join(stateFolder, 'jobs');
  mkdirSync(folder, { recursive: true });
  const fileOf = (job: number): string => join(folder, `${job}.log`);
  return {
    write: (job, line) => appendFileSync(fileOf(job), `${JSON.stringify(line)}\n`),
    async read(job, lines) {
      const text = await readFile(fileOf(job), 'utf8').catch(() => '');
      return text.split('\n').filter(Boolean).slice(-lines).flatMap(decodeLine);
    },
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
