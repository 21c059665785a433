import type { RestorePlan } from '../../../protocol/domain/restore.ts';
import { consentsOf } from '../../../protocol/domain/restore-safety.ts';
import type { Action, ActionArgs } from '../../store/action.ts';
import { undoTexts } from '../../texts/texts.ts';
import type { Button } from '../../widgets/section.ts';

const words = undoTexts.room;

/** The arguments of `restore plan` that choose what the plan has chosen. */
export function choiceArgs({ choices, mode }: RestorePlan): ActionArgs {
  return {
    ...(mode?.kind === 'merge' ? { 'keep-newer': true } : {}),
    ...(choices?.staging === undefined ? {} : { staging: choices.staging }),
    ...(choices?.safetyTo === undefined ? {} : { 'safety-to': choices.safetyTo }),
    ...(choices?.withoutSafetyBackup === true ? { 'without-safety-backup': true } : {}),
    ...(choices?.withoutUndo === true ? { 'without-undo': true } : {}),
  };
}

/** Where room is missing, or nothing can take the safety backup: leads to the choices. */
export function roomButtons({ safety, offers = [] }: RestorePlan, job: number): readonly Button[] {
  if (offers.length === 0 && safety?.kind !== 'impossible') return [];
  const action = { command: 'restore.room', args: { job } };
  return [{ id: 'plan.room', label: words.button, action }];
}

/** Nobody gives it up where there is room, and a merge or a part always has one. */
export function mayGoWithoutUndo({ choices, mode, parts = [], space }: RestorePlan): boolean {
  const isWhole = (mode?.kind ?? 'replace') === 'replace' && parts.length === 0;
  const isShort = space.some(({ freeBytes, neededBytes }) => freeBytes < neededBytes);
  return isWhole && isShort && choices?.withoutUndo !== true;
}

/** A plan that goes without something has the words for each typed first, in a dialog of its own. */
export function withConsent(plan: RestorePlan, run: Action): Action {
  const wanted = consentsOf(plan.choices);
  if (wanted.length === 0) return run;
  const args = { ...run.args, ...choiceArgs(plan) };
  return { command: 'restore.agree', args: { wanted, run: args } };
}
