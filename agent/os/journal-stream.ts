import { fstatSync } from 'node:fs';
import type { LogLine } from '../../protocol/domain/snapshot.ts';

/** Whether what is written to this descriptor goes to the journal of systemd. Source: systemd.exec(5), JOURNAL_STREAM. */
export function isJournal(env: NodeJS.ProcessEnv, descriptor: number): boolean {
  const stream = env['JOURNAL_STREAM'];
  if (stream === undefined) return false;
  const { dev, ino } = fstatSync(descriptor, { bigint: true });
  return stream === `${dev}:${ino}`;
}

/** As syslog(3) has them: the journal shows and filters by them ("journalctl -p warning"). */
const priorities = { error: 3, warning: 4, info: 6 } as const;

/** Each line with its priority, by which the journal takes it; it has the time itself. */
export function journalText(level: LogLine['level'], text: string): string {
  return text
    .split('\n')
    .map((line) => `<${priorities[level]}>${line}`)
    .join('\n');
}
