import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { AuditOutcome } from '../../protocol/domain/audit.ts';
import type { RecordedAnswer } from '../state/request-records.ts';

/** Texts and lists above this say more than who did what. */
const textMost = 300;
const listMost = 50;
const allMost = 8_000;

/** Parameters as the audit keeps them: that secrets were given, and never which; long texts by length and hash. */
export function auditedParams(params: unknown): Record<string, unknown> {
  if (typeof params !== 'object' || params === null) return {};
  const { requestId: _id, ...said } = { requestId: undefined, ...params };
  const kept = audited('', said);
  const { length } = JSON.stringify(kept);
  return length > allMost
    ? { shortened: `${length} characters` }
    : Object.fromEntries(Object.entries(kept ?? {}));
}

function audited(key: string, value: unknown): unknown {
  if (key === 'secrets') return 'given';
  if (typeof value === 'string') return shortened(value);
  if (Array.isArray(value)) return value.slice(0, listMost).map((one) => audited('', one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, audited(name, one)]));
}

function shortened(text: string): string {
  if (text.length <= textMost) return text;
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return `${text.length} characters, SHA-256 ${hash}`;
}

const Led = z.object({ job: z.number().optional(), revision: z.string().optional() });

/** What is kept of an answer: where it leads, or why it failed. */
export function auditedOutcome(answer: RecordedAnswer): AuditOutcome {
  if (answer.kind === 'failure') return { kind: 'failed', code: answer.failure.code };
  const led = Led.safeParse(answer.result);
  return { kind: 'done', ...(led.success ? led.data : {}) };
}
