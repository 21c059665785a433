import type { Person } from '../../protocol/domain/person.ts';
import { personWords } from '../commands/report/who-lines.ts';
import type { Model } from '../screens/bench.ts';
import { roleOf } from '../store/role-of.ts';
import { peopleTexts } from '../texts/texts.ts';
import { type Line, span } from '../widgets/line.ts';

/** In the title: somebody else who is here, and a role in which not everything may be done. */
export function peopleSpans(model: Model): Line {
  const { snapshot, connection } = model.state;
  if (connection.kind !== 'open') return [];
  const own = connection.session.session;
  const [first, ...more] = (snapshot?.people ?? []).filter(({ session }) => session !== own);
  const tag = peopleTexts.roleTags[roleOf(model.state)];
  const role = tag === '' ? [] : [span(` ${tag} `, 'bar-alert')];
  if (first === undefined) return role;
  const words = model.columns < 100 ? shortly(first, more.length) : atLength(first, more.length);
  return [...role, span(` + ${words} `, 'bar', { command: 'who' })];
}

/** "ali, pts/3, in Restore and 1 more". */
function atLength(first: Person, more: number): string {
  const who = personWords(first);
  return more === 0 ? who : peopleTexts.andMore(who, more);
}

/** "ali +1". */
function shortly({ user = peopleTexts.somebody }: Person, more: number): string {
  return more === 0 ? user : `${user} +${more}`;
}
