import type * as z from 'zod';
import type { ResetProblem } from '../../../protocol/domain/reset.ts';
import type { ServiceClient } from '../../../protocol/domain/service-client.ts';
import type { serviceResetPlan } from '../../../protocol/methods/service.ts';
import { reportTexts } from '../../texts/texts.ts';
import { formatDistance, formatDuration } from '../../texts/time.ts';
import { wordFailure } from '../../texts/word-failure.ts';
import { resetStepLines } from './service-lines.ts';

type Plan = z.infer<typeof serviceResetPlan.result>;

const words = reportTexts.resetPlan;

export function resetPlanLines(plan: Plan, nowMs: number): readonly string[] {
  const { problems = [], triggers = [], clients = [], estimatedMs, kedgeLast = false } = plan;
  return [
    ...resetStepLines(plan.steps),
    ...(estimatedMs === undefined ? [] : [words.takes(formatDuration(estimatedMs / 1000))]),
    ...triggers.map(({ service, unit }) => words.trigger(service, unit)),
    ...clients.map((client) => words.client(client.service, clientWords(client, nowMs))),
    ...(kedgeLast ? [words.kedgeLast] : []),
    ...problems.flatMap(problemLines),
  ];
}

export function problemLines({ weight, failure }: ResetProblem): readonly string[] {
  const { message, hint } = wordFailure(failure);
  const head = weight === 'refuses' ? words.refuses(message) : reportTexts.warning(message);
  return [
    head,
    ...(hint ?? '')
      .split('\n')
      .filter(Boolean)
      .map((line) => `  ${line}`),
  ];
}

export function clientWords(client: ServiceClient, nowMs: number): string {
  const { pid, user, program, address, sinceMs, state, waitsFor } = client;
  const known = [
    user,
    program,
    address,
    pid === undefined ? undefined : words.process(pid),
    sinceMs === undefined ? undefined : words.since(formatDistance(sinceMs, nowMs)),
    state,
    waitsFor === undefined ? undefined : words.waitsFor(waitsFor),
  ];
  return known.filter((one) => one !== undefined && one !== '').join(', ');
}
