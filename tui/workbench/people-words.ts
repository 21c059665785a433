import { personWords } from '../commands/report/who-lines.ts';
import type { Model } from '../screens/bench.ts';
import { peopleTexts } from '../texts/texts.ts';
import { type Line, span } from '../widgets/line.ts';
import { roleOf } from './role-reason.ts';

/** In the title: somebody else who is here, and a role in which not everything may be done. */
export function peopleSpans(model: Model): Line {
  const { snapshot, connection } = model.state;
  if (connection.kind !== 'open') return [];
  const own = connection.session.session;
  const [first, ...more] = (snapshot?.people ?? []).filter(({ session }) => session !== own);
  const tag = peopleTexts.roleTags[roleOf(model.state)];
  const role = tag === '' ? [] : [span(` ${tag} `, 'bar-alert')];
  if (first === undefined) return role;
  const who = model.columns < 100 ? (first.user ?? peopleTexts.somebody) : personWords(first);
  const words = more.length === 0 ? who : peopleTexts.andMore(who, more.length);
  return [...role, span(` + ${words} `, 'bar', { command: 'who' })];
}
