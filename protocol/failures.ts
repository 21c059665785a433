import * as z from 'zod';
import { failureTable } from './failure-table.ts';
import type { FailureWords } from './failure-words.ts';

export type FailureCode = keyof typeof failureTable;
const failureCodes = Object.keys(failureTable) as [FailureCode, ...FailureCode[]];

/** What failed, as data: a code of the table and the parameters of its words. */
export const Failure = z.object({
  code: z.enum(failureCodes),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Failure = z.infer<typeof Failure>;
export type FailureParams = Failure['params'];

/** English words for a failure, parameters filled in. */
export function wordFailure(failure: Failure): { message: string; hint?: string } {
  return fillWords(failureTable[failure.code], failure.params);
}

/** The words of a failure in any language: each `{name}` becomes the parameter. */
export function fillWords(
  words: Pick<FailureWords, 'message' | 'hint'>,
  params: FailureParams,
): { message: string; hint?: string } {
  const message = fill(words.message, params);
  return words.hint === undefined ? { message } : { message, hint: fill(words.hint, params) };
}

export function exitCodeOf(failure: Failure): number {
  return failureTable[failure.code].exit;
}

function fill(template: string, params: FailureParams): string {
  return template.replaceAll(/\{(\w+)\}/g, (whole, key: string) => String(params[key] ?? whole));
}

/** The one error class that crosses layers; it becomes a `Failure` at the edge (job end, RPC answer). */
export class KedgeError extends Error {
  readonly failure: Failure;
  constructor(code: FailureCode, params: FailureParams = {}, options?: ErrorOptions) {
    super(wordFailure({ code, params }).message, options);
    this.name = 'KedgeError';
    this.failure = { code, params };
  }
}

/** The failure of anything thrown; a stranger becomes `internal` with its message. */
export function failureOf(error: unknown): Failure {
  if (error instanceof KedgeError) return error.failure;
  if (error instanceof Error && error.name === 'AbortError')
    return { code: 'cancelled', params: {} };
  return {
    code: 'internal',
    params: { cause: error instanceof Error ? error.message : String(error) },
  };
}
