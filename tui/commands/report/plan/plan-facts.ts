import { basename } from 'node:path';
import type { RestorePlan } from '../../../../protocol/domain/restore.ts';
import { formatBytes } from '../../../texts/bytes.ts';
import { wordAgo, wordMoment, wordMomentFully } from '../../../texts/moment.ts';
import { planTexts as words } from '../../../texts/texts.ts';
import { formatDuration } from '../../../texts/time.ts';
import { changeGroups } from './change-facts.ts';
import { costGroups, safetyFacts } from './cost-facts.ts';
import { type Fact, type FactGroup, fact, labelledFact, signed } from './fact.ts';

/** All that a plan says, in order. The page and the command line only set it differently. */
export function planFacts(plan: RestorePlan, nowMs: number): readonly FactGroup[] {
  const { obstacles, warnings, steps, contact } = plan;
  const isLive = plan.mode?.kind !== 'elsewhere';
  return [
    ...listed(
      words.obstacles,
      obstacles.map((text) => signed('!', text, 'error')),
    ),
    { facts: [fact(summary(plan, nowMs), 'strong')] },
    { facts: headFacts(plan, isLive) },
    ...changeGroups(plan),
    ...listed(
      words.warnings,
      warnings.map((text) => signed('!', text, 'warning')),
    ),
    ...costGroups(plan),
    ...listed(
      words.steps,
      steps.map((step, index) => signed(`${index + 1}.`, step)),
    ),
    ...(contact === undefined ? [] : [{ facts: [labelledFact(words.contact, contact)] }]),
    ...(isLive && plan.choices?.withoutUndo !== true
      ? [{ facts: [fact(words.undoLater, 'muted')] }]
      : []),
  ];
}

function listed(title: string, facts: readonly Fact[]): readonly FactGroup[] {
  return facts.length === 0
    ? []
    : [{ title, facts, ...(title === words.obstacles && { tone: 'error' }) }];
}

function summary({ application, backup, mode }: RestorePlan, nowMs: number): string {
  const at = wordMomentFully(backup.capturedAtMs);
  const ago = wordAgo(backup.capturedAtMs, nowMs);
  if (mode?.kind === 'elsewhere') return words.unpacked(mode.folder, at, ago);
  return mode?.kind === 'merge'
    ? words.merged(application, at, ago)
    : words.summary(application, at, ago);
}

function headFacts(plan: RestorePlan, isLive: boolean): readonly Fact[] {
  return [
    labelledFact(words.backup, basename(plan.backup.path)),
    ...partFacts(plan),
    ...askedFacts(plan),
    ...(isLive ? [downtimeFact(plan), ...lossFacts(plan), ...safetyFacts(plan)] : []),
    ...versionFacts(plan),
  ];
}

function partFacts({ parts }: RestorePlan): readonly Fact[] {
  return (parts ?? []).map(({ source, paths, tables }) => {
    const ofTables = (tables ?? []).map(({ table, keys }) => words.tablePart(table, keys?.length));
    return labelledFact(words.parts, words.part(source, paths ?? [], ofTables));
  });
}

function askedFacts({ asked }: RestorePlan): readonly Fact[] {
  if (asked === undefined) return [];
  const { atMs, gapSeconds, passedOver } = asked;
  const at = wordMomentFully(atMs);
  const gap = formatDuration(gapSeconds);
  return [
    labelledFact(words.asked, gapSeconds < 1 ? words.askedExactly(at) : words.askedAt(at, gap)),
    ...passedOver.map(({ name, capturedAtMs, why }) =>
      signed('!', words.passedOver(name, wordMoment(capturedAtMs), why), 'warning'),
    ),
  ];
}

function downtimeFact({ downtimeSeconds, downtimeFrom }: RestorePlan): Fact {
  const time = formatDuration(downtimeSeconds);
  const word = downtimeFrom === undefined ? words.about : words.downtimeOf[downtimeFrom];
  return labelledFact(words.downtime, word(time));
}

function versionFacts(plan: RestorePlan): readonly Fact[] {
  const { applicationVersionThen: then, applicationVersionNow: now } = plan;
  if (then === undefined && now === undefined) return [];
  const text = words.versions(then ?? words.unknown, now ?? words.unknown);
  return [labelledFact(words.version, text, then === now ? 'plain' : 'warning')];
}

/** What goes, and what comes back, over all sources that are replaced. */
function lossFacts(plan: RestorePlan): readonly Fact[] {
  if (plan.mode?.kind === 'merge') return [];
  const tables = plan.changes.flatMap((change) => change.tables ?? []);
  const inserted = sum(
    tables.map(
      ({ inserted: rows, liveRows, backupRows }) => rows ?? Math.max(0, liveRows - backupRows),
    ),
  );
  const changed = sum(tables.map(({ changed: rows }) => rows ?? 0));
  const files = plan.changes.flatMap((change) => change.files ?? []);
  const [newer, rewritten] = [
    sum(files.map((one) => one.newer)),
    sum(files.map((one) => one.changed)),
  ];
  const isPartly = [...plan.changes, ...tables].some(({ problem }) => problem !== undefined);
  const [backRows, backFiles] = [
    sum(tables.map((one) => one.deleted ?? 0)),
    sum(files.map((one) => one.deleted)),
  ];
  const bytes = formatBytes(sum(files.map((one) => one.bytesNewer)));
  const isLost = inserted + changed + newer + rewritten > 0;
  const work = words.lostWork(
    formatDuration(plan.spanSeconds),
    words.lostRows(inserted, changed),
    words.lostFiles(newer, rewritten, bytes),
  );
  const text = isLost ? work : words.nothingLost;
  return [
    labelledFact(
      words.lost,
      isPartly ? `${text}; ${words.notAllKnown}` : text,
      isLost || isPartly ? 'warning' : 'ok',
    ),
    ...(backRows + backFiles === 0
      ? []
      : [labelledFact(words.comesBack, words.comingBack(backRows, backFiles))]),
  ];
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
