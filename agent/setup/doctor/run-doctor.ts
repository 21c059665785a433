import {
  DoctorArea,
  type DoctorFinding,
  type DoctorTone,
} from '../../../protocol/domain/doctor.ts';
import { failureOf, wordFailure } from '../../../protocol/failures.ts';
import { doctorChecks } from './checks.ts';
import type { DoctorCheck, DoctorFacts } from './facts.ts';
import { findingOfProblem } from './of-problem.ts';

/** A share whose server is gone answers nothing; what is not known by then is said. */
const deadlineMs = 20_000;

/** All checks at once, and what stands among the problems; by area, the worst first in each. */
export async function runDoctor(
  facts: DoctorFacts,
  signal: AbortSignal,
): Promise<readonly DoctorFinding[]> {
  const found = await Promise.all(
    doctorChecks.map(async ([area, check]) => await runCheck(area, check, facts, signal)),
  );
  const known = facts.problems.map((problem) => findingOfProblem(problem));
  return sorted([...known, ...found.flat()]);
}

/** One check, within the time that it has; that it did not come to an end is a finding. */
export async function runCheck<F>(
  area: DoctorArea,
  check: (facts: F, signal: AbortSignal) => ReturnType<DoctorCheck>,
  facts: F,
  signal: AbortSignal,
): Promise<readonly DoctorFinding[]> {
  const late = Promise.withResolvers<never>();
  const ending = new AbortController();
  const timer = setTimeout(() => {
    ending.abort();
    late.reject(new Error(`no answer within ${deadlineMs / 1000} s`));
  }, deadlineMs);
  try {
    const until = AbortSignal.any([signal, ending.signal]);
    return await Promise.race([check(facts, until), late.promise]);
  } catch (error) {
    signal.throwIfAborted();
    const { message } = wordFailure(failureOf(error));
    return [{ area, tone: 'advice', thing: area, text: `could not be looked at: ${message}` }];
  } finally {
    clearTimeout(timer);
  }
}

const tones: readonly DoctorTone[] = ['bad', 'advice', 'ok'];

function sorted(findings: readonly DoctorFinding[]): readonly DoctorFinding[] {
  const place = ({ area, tone }: DoctorFinding): number =>
    DoctorArea.options.indexOf(area) * tones.length + tones.indexOf(tone);
  return findings.toSorted((a, b) => place(a) - place(b));
}
