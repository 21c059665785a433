import type { AuditEntry, AuditOutcome } from '../../../protocol/domain/audit.ts';
import { wordMoment } from '../../texts/moment.ts';
import { peopleTexts } from '../../texts/texts.ts';
import { table } from '../table.ts';

const words = peopleTexts.audit;

export function auditLines(entries: readonly AuditEntry[]): readonly string[] {
  const { when, who, role, what, result } = words.columns;
  const rows = entries.map((entry) => [
    wordMoment(entry.atMs),
    whoAsked(entry),
    entry.role === undefined ? '' : peopleTexts.roles[entry.role],
    wordOutcome(entry.outcome),
    whatWasAsked(entry),
  ]);
  const titles = [when, who, role, result, what].map((title) => ({ title }));
  return table(titles, rows);
}

/** "ali (pts/3)". */
export function whoAsked({ claimedUser, tty }: Pick<AuditEntry, 'claimedUser' | 'tty'>): string {
  const user = claimedUser ?? peopleTexts.somebody;
  return tty === undefined ? user : `${user} (${tty})`;
}

/** "backup.create destination.store=usb name=weekly". */
function whatWasAsked({ method, params }: Pick<AuditEntry, 'method' | 'params'>): string {
  return [method, ...paramWords(params)].join(' ');
}

export function paramWords(params: unknown, path = ''): readonly string[] {
  if (Array.isArray(params))
    return params.length === 0 ? [] : [`${path}=${params.map(plain).join(',')}`];
  if (typeof params !== 'object' || params === null)
    return params === undefined ? [] : [`${path}=${plain(params)}`];
  return Object.entries(params).flatMap(([key, value]) =>
    key === 'kind' && path !== '' ? [] : paramWords(value, path === '' ? key : `${path}.${key}`),
  );
}

/** In quotes where it would not stand by itself. */
function plain(value: unknown): string {
  if (typeof value === 'string' && /^[^\s="]+$/.test(value)) return value;
  return JSON.stringify(value);
}

export function wordOutcome(outcome: AuditOutcome): string {
  const { outcomes } = words;
  switch (outcome.kind) {
    case 'done':
      return outcome.job === undefined ? outcomes.done : outcomes.job(outcome.job);
    case 'failed':
      return outcome.code === 'forbidden' ? outcomes.refused : outcomes.failed(outcome.code);
    case 'working':
      return outcomes.working;
    case 'unknown':
      return outcomes.unknown;
    default:
      return outcome satisfies never;
  }
}
