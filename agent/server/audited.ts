import * as z from 'zod';
import type { AuditOutcome } from '../../protocol/domain/audit.ts';
import { configChange, configSet, configTest, configTry } from '../../protocol/methods/config.ts';
import type { RecordedAnswer } from '../state/request-records.ts';
import { auditedChanges, hidden, isSecret, placesOf } from './audited-change.ts';
import { hashed, shortened } from './shortened.ts';

/** Lists above this say more than who did what. */
const listMost = 50;
const allMost = 8_000;

const changing: ReadonlySet<string> = new Set([configChange.name, configTry.name, configTest.name]);

/** Parameters as the audit keeps them: that secrets were given, and never which; long texts by length and hash. */
export function auditedParams(method: string, params: unknown): Record<string, unknown> {
  if (typeof params !== 'object' || params === null) return {};
  const { requestId: _id, ...said } = { requestId: undefined, ...params };
  const kept = auditedOf(method, said);
  const { length } = JSON.stringify(kept);
  if (length <= allMost) return kept;
  return changing.has(method) ? placesOf(kept) : { shortened: `${length} characters` };
}

function auditedOf(
  method: string,
  said: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const { text, changes, ...rest } = said;
  const others = Object.entries(rest).map(([key, value]) => [key, audited(key, value)] as const);
  // A whole file may hold anything; what it became is known by the revision.
  if (method === configSet.name)
    return { ...Object.fromEntries(others), text: hashed(String(text)) };
  if (changing.has(method) && Array.isArray(changes)) {
    return { ...Object.fromEntries(others), ...auditedChanges(changes) };
  }
  return Object.fromEntries(Object.entries(said).map(([key, value]) => [key, audited(key, value)]));
}

function audited(key: string, value: unknown): unknown {
  if (key === 'secrets') return 'given';
  if (typeof value === 'string') return isSecret(key) ? hidden : shortened(value);
  if (Array.isArray(value)) return value.slice(0, listMost).map((one) => audited('', one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, audited(name, one)]));
}

const Led = z.object({ job: z.number().optional(), revision: z.string().optional() });

/** What is kept of an answer: where it leads, or why it failed. */
export function auditedOutcome(answer: RecordedAnswer): AuditOutcome {
  if (answer.kind === 'failure') return { kind: 'failed', code: answer.failure.code };
  const led = Led.safeParse(answer.result);
  return { kind: 'done', ...(led.success ? led.data : {}) };
}
