import { basename } from 'node:path';
import type { RecoverPlan } from '../../../protocol/domain/recover.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { recoverTexts as texts } from '../../texts/english/recover-texts.ts';
import { formatMoment } from '../../texts/time.ts';

/** What a recovery onto this machine brings, what the machine lacks, and what stands against it. */
export function recoverLines(plan: RecoverPlan): readonly string[] {
  const { backup, base } = plan;
  return [
    texts.head(plan.application.name, basename(backup.path), formatMoment(backup.capturedAtMs)),
    texts.from(backup.host),
    ...(base === undefined ? [] : [texts.base(basename(base.path))]),
    ...titled(
      texts.skipped,
      plan.skipped.map(({ path, why }) => `  ${basename(path)}: ${why}`),
    ),
    '',
    ...titled(
      texts.places,
      plan.sources.flatMap((source) => sourceLines(source, plan.order.replace)),
    ),
    ...titled(
      texts.stores,
      plan.stores.map(({ id, from, to, standing }) => texts.store(id, from, to, standing)),
    ),
    ...titled(texts.services, plan.services.flatMap(serviceLines)),
    ...titled(
      texts.owners,
      plan.owners.map(({ kind, from, to, members }) => texts.owner(kind, from, to, members)),
    ),
    '',
    ...missingLines(plan),
    ...plan.space.map(({ path, neededBytes, freeBytes }) =>
      texts.space(path, formatBytes(neededBytes), formatBytes(freeBytes)),
    ),
    texts.configuration(plan.configPath),
    ...plan.warnings.map(texts.warning),
    ...plan.obstacles.map(texts.obstacle),
  ];
}

function titled(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines];
}

/** Sources of several files have as many places, in the same order. */
function sourceLines(
  { source, from, to, bytes, standing }: RecoverPlan['sources'][number],
  replace: boolean,
) {
  const places = to.map((path, n) => texts.place(source, from[n] ?? path, path, bytes));
  // Without --replace it stands against the plan, which says so itself.
  return standing === 'there' && replace ? [...places, `    ${texts.movedAside}`] : places;
}

function serviceLines({ id, command, problem }: RecoverPlan['services'][number]) {
  const line = texts.service(id, command);
  return problem === undefined ? [line] : [line, texts.notStarted(problem)];
}

function missingLines({ missing }: RecoverPlan): readonly string[] {
  if (missing.length === 0) return [texts.nothingMissing];
  return [
    texts.missing,
    ...missing.map(({ kind, name, why }) => texts.missingThing(kind, name, why)),
  ];
}
