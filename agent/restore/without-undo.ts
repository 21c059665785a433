import type { RestorePlan } from '../../protocol/domain/restore.ts';
import type { RestoreChoices, SafetyPlan } from '../../protocol/domain/restore-safety.ts';
import { exists } from '../os/files.ts';
import { isInMemory } from '../os/in-memory.ts';
import { wordBytes } from '../os/word-bytes.ts';
import { type Asked, modeOf } from './modes/asked.ts';
import type { Restorable } from './restorable.ts';
import { existingFolder } from './space-needs.ts';

interface Planned extends Asked {
  readonly choices?: RestoreChoices | undefined;
}

/** What stands against going without an undo, whatever the room. */
export function undolessProblems(asked: Planned): readonly string[] {
  if (asked.choices?.withoutUndo !== true) return [];
  if (isWholeReplace(asked)) return [];
  return ['a merge and a restore of parts always keep their undo: leave --without-undo away'];
}

export function isWholeReplace(asked: Asked): boolean {
  return modeOf(asked).kind === 'replace' && (asked.parts ?? []).length === 0;
}

/** `withUndo`: the room that is needed with one. Nobody gives up the way back for nothing. */
export function needlessProblems(
  { choices }: Planned,
  withUndo: RestorePlan['space'],
): readonly string[] {
  if (choices?.withoutUndo !== true || isShort(withUndo)) return [];
  return ['there is room for an undo, so it is kept: leave --without-undo away'];
}

/** What is unpacked is all there is from the first database on: it has to outlive what the live data does. */
export async function fleetingProblems(
  { choices }: Planned,
  sources: readonly Restorable[],
): Promise<readonly string[]> {
  const { staging, withoutUndo } = choices ?? {};
  if (withoutUndo !== true || staging === undefined || !(await exists(staging))) return [];
  const live = (await Promise.all(sources.map(({ restore }) => restore.livePaths()))).flat();
  const folders = await Promise.all(live.map(existingFolder));
  const lasts = (await Promise.all(folders.map(isInMemory))).includes(false);
  if (!lasts || !(await isInMemory(staging))) return [];
  return [
    `"${staging}" lies in memory, which a power cut empties: without an undo what is unpacked has to lie on a disk`,
  ];
}

function isShort(space: RestorePlan['space']): boolean {
  return space.some(({ freeBytes, neededBytes }) => freeBytes < neededBytes);
}

/** What it means to go without: what can't be brought back, what can until when, and what is left as a way back. */
export async function undolessWarnings(
  { choices }: Planned,
  sources: readonly Restorable[],
  safety: SafetyPlan | undefined,
): Promise<readonly string[]> {
  if (choices?.withoutUndo !== true) return [];
  const gone: string[] = [];
  const renamed: string[] = [];
  for (const { name, restore, archived } of sources) {
    const kept = (await restore.space(archived)).filter(({ part }) => part === 'undo');
    const bytes = kept.reduce((sum, need) => sum + need.bytes, 0);
    if (bytes > 0) gone.push(`source "${name}" (${wordBytes(bytes)})`);
    else renamed.push(`source "${name}"`);
  }
  return [
    ...(gone.length === 0
      ? []
      : [
          `without an undo: what is live now of ${gone.join(', ')} can't be brought back once it is overwritten`,
        ]),
    ...(renamed.length === 0
      ? []
      : [
          `${renamed.join(', ')}: kept aside until the services were started, then removed for good`,
        ]),
    gone.length === 0
      ? 'until the services were started a failure brings all back'
      : 'until the first database is overwritten a failure brings all back; after that a crash is finished from what was unpacked, and a service that does not start is named and brings nothing back',
    safety?.kind === 'taken'
      ? 'the way back is then to restore the safety backup, which is kept as long as an undo would be'
      : 'there is no safety backup either: nothing will bring back what is live now',
  ];
}
