import { type Failure, wordFailure } from '../../protocol/failures.ts';

/** Why a source will be missing, with its name: what a server says names none. */
export function wordProblem(source: string, problem: Failure): string {
  const { message } = wordFailure(problem);
  return message.includes(`"${source}"`) ? message : `source "${source}": ${message}`;
}
