import { createHash } from 'node:crypto';
import type { JobName } from '../source.ts';
import { besideOf } from './database-place.ts';
import { type SqlserverSourceSettings, serverOf } from './settings.ts';

const jobDigits = 10;

/** Of the database that a job copies tables out of; no job has so long a number that a restore's could be the same. */
export function copyName(
  settings: SqlserverSourceSettings,
  { job, installation = '' }: JobName,
): string {
  const hash = createHash('sha256').update(installation).digest('hex');
  const whose = String(Number.parseInt(hash.slice(0, 8), 16)).padStart(jobDigits, '0');
  return besideOf(serverOf(settings))(`new_9${whose}${String(job).padStart(jobDigits, '0')}`);
}

/** Whether it is one of the same source and Kedge, of whatever job. */
export function isCopyLike(own: string, name: string): boolean {
  return name.length === own.length && name.slice(0, -jobDigits) === own.slice(0, -jobDigits);
}
