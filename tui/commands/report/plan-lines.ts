import { basename } from 'node:path';
import type { RestorePlan, SourceChange } from '../../../protocol/domain/restore.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { formatCount } from '../../texts/count.ts';
import { reportTexts } from '../../texts/english/report-texts.ts';
import { formatDuration, formatMoment } from '../../texts/time.ts';

const texts = reportTexts.plan;

/** A restore plan for people: what changes, what is lost, what it costs, and what stands against it. */
export function planLines(plan: RestorePlan): readonly string[] {
  return [
    `${texts.head(basename(plan.backup.path))} (${formatMoment(plan.backup.capturedAtMs)})`,
    ...versionLines(plan),
    '',
    texts.changes,
    ...plan.changes.map((change) => `  ${change.source}: ${change.live}`),
    '',
    ...lossLines(plan),
    '',
    ...costLines(plan),
    '',
    texts.steps,
    ...plan.steps.map((step, n) => `  ${n + 1}. ${step}`),
    ...plan.warnings.map(texts.warning),
    ...plan.obstacles.map(texts.obstacle),
  ];
}

function versionLines(plan: RestorePlan): readonly string[] {
  const { applicationVersionThen: then, applicationVersionNow: now } = plan;
  return then === now ? [] : [texts.version(then ?? '-', now ?? '-')];
}

function lossLines(plan: RestorePlan): readonly string[] {
  const lines = plan.changes.flatMap(sourceLossLines);
  if (lines.length === 0) return [texts.nothingLost];
  const span = texts.span(formatDuration(plan.spanSeconds));
  return [`${texts.lost} (${span})`, ...lines];
}

function sourceLossLines(change: SourceChange): readonly string[] {
  const tables = (change.tables ?? []).filter((one) => one.liveRows !== one.backupRows);
  const lines = tables.map((one) => {
    const more = one.liveRows - one.backupRows;
    const lost = more > 0 ? texts.rowsLost(formatCount(more)) : '';
    return texts.rows(one.table, formatCount(one.backupRows), formatCount(one.liveRows), lost);
  });
  const { files } = change;
  if (files === undefined || files.newer + files.changed + files.deleted === 0) return lines;
  return [
    ...lines,
    texts.files(formatCount(files.newer), formatCount(files.changed), formatCount(files.deleted)),
    ...files.examples.map((example) => `    ${example}`),
  ];
}

function costLines(plan: RestorePlan): readonly string[] {
  const stopped = plan.services.filter((service) => service.willStop).map((service) => service.id);
  return [
    stopped.length === 0 ? texts.noServices : texts.services(stopped.join(', ')),
    ...(plan.clients.length === 0 ? [] : [texts.clients]),
    ...plan.clients.map((client) => texts.client(client.program, client.pid, client.source)),
    ...plan.space.map((space) =>
      texts.space(space.path, formatBytes(space.neededBytes), formatBytes(space.freeBytes)),
    ),
    texts.downtime(formatDuration(plan.downtimeSeconds)),
    ...(plan.contact === undefined ? [] : [texts.contact(plan.contact)]),
  ];
}
