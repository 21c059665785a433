import type { Person } from '../../../protocol/domain/person.ts';
import { viewIds } from '../../store/ui-state.ts';
import { wordNear } from '../../texts/moment.ts';
import { peopleTexts, texts } from '../../texts/texts.ts';
import { table } from '../table.ts';

const words = peopleTexts.who;

/** `own`: number of the session that asks. */
export function whoLines(
  people: readonly Person[],
  own: number | undefined,
  nowMs: number,
): readonly string[] {
  const { user, tty, role, view, since } = words.columns;
  const rows = people.map((person) => [
    `${person.user ?? peopleTexts.somebody}${person.session === own ? ` ${words.you}` : ''}`,
    person.tty ?? '',
    peopleTexts.roles[person.role],
    viewWord(person.view),
    wordNear(person.sinceMs, nowMs),
  ]);
  const titles = [user, tty, role, view, since].map((title) => ({ title }));
  return [...table(titles, rows), '', words.claimed];
}

/** "ali, pts/3, in Restore". */
export function personWords({ user = peopleTexts.somebody, tty, view }: Person): string {
  const parts = [user, ...(tty === undefined ? [] : [tty]), peopleTexts.inView(viewWord(view))];
  return parts.join(', ');
}

/** One that this version does not have is called as it calls itself. */
function viewWord(view: string): string {
  const known = viewIds.find((id) => id === view);
  return known === undefined ? view : texts.workbench.views[known];
}
