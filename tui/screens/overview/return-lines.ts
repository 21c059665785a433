import type { Backup } from '../../../protocol/domain/backup.ts';
import type { Snapshot } from '../../../protocol/domain/snapshot.ts';
import { wordAgo } from '../../texts/moment.ts';
import { texts } from '../../texts/texts.ts';
import { formatDuration } from '../../texts/time.ts';
import { type Line, span } from '../../widgets/line.ts';
import { backupName, checkTone, checkWord } from '../back-up/backup-words.ts';
import type { Model } from '../bench.ts';
import { labelled } from '../page-lines.ts';

const words = texts.overview;

/** So long a checkpoint is offered here; Kedge leaves older ones out when it is asked anew. */
const offeredMs = 7 * 24 * 3_600_000;

/** The checkpoint that a jump back leads to: the newest one that is there. */
export function newestCheckpoint({ state, nowMs }: Model): Backup | undefined {
  return state.snapshot?.checkpoints?.find(
    ({ presence, capturedAtMs }) => presence === 'present' && nowMs - capturedAtMs < offeredMs,
  );
}

/** "before 4.3 update, 2 h ago, verified" with the key, and the command below it. */
export function checkpointLines(model: Model, cells: number): readonly Line[] {
  const backup = newestCheckpoint(model);
  if (backup === undefined) return [];
  const { nowMs } = model;
  const ago = wordAgo(backup.capturedAtMs, nowMs);
  const state = checkWord(backup, nowMs);
  const tone = checkTone(backup) === 'error' ? 'error' : 'plain';
  const text = words.checkpoint(backupName(backup), ago, state);
  const [first = [], ...rest] = labelled(words.checkpoints, text, cells, tone);
  const action = { command: 'overview.jump-back' };
  const command = `kedge restore run ${backup.id.slice(0, 8)}`;
  const way = labelled('', words.jumpBack(command), cells, 'muted').map(
    (one): Line => one.map((part) => span(part.text, part.tone, action)),
  );
  return [first, ...rest, ...way];
}

/** "Proven 3 d ago, 41 s: clinic 2026-11-21 02:00:00"; nothing before the first drill. */
export function provenLines(
  { lastProven }: Snapshot,
  nowMs: number,
  cells: number,
): readonly Line[] {
  if (lastProven?.proven === undefined) return [];
  const { atMs, seconds } = lastProven.proven;
  const took = formatDuration(seconds);
  const text = words.proven(wordAgo(atMs, nowMs), took, backupName(lastProven));
  return labelled(words.drill, text, cells);
}
