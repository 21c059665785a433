import type { Alarm, AlarmRoute, Delivery } from '../../../protocol/domain/alarm.ts';
import { wordAgo, wordAhead } from '../../texts/moment.ts';
import { alarmTexts } from '../../texts/texts.ts';
import { table } from '../table.ts';

/** Each alarm with its place, its hint and what became of telling it. */
export function alarmLines(alarms: readonly Alarm[], nowMs: number): readonly string[] {
  if (alarms.length === 0) return [alarmTexts.none];
  return alarms.flatMap((alarm) => [
    `${String(alarm.id).padEnd(4)} ${stateWord(alarm).padEnd(8)} ${alarm.text}${placeWords(alarm)}`,
    `              ${whenWords(alarm, nowMs)}`,
    ...(alarm.hint === undefined || alarm.state === 'cured' ? [] : [`              ${alarm.hint}`]),
    ...alarm.deliveries.map((delivery) => `              ${deliveryWords(delivery, nowMs)}`),
  ]);
}

/** ERROR, WARNING, or "seen" of one that was acknowledged: it calls nobody any more. */
export function stateWord({ state, severity }: Pick<Alarm, 'state' | 'severity'>): string {
  const { words } = alarmTexts;
  if (state === 'cured') return 'cured';
  return state === 'acknowledged' ? words.acknowledged : words[severity];
}

/** Where it is, unless the text says so itself. */
export function placeWords({ text, place }: Pick<Alarm, 'text' | 'place'>): string {
  return place === undefined || text.includes(place) ? '' : ` (${place})`;
}

function whenWords(alarm: Alarm, nowMs: number): string {
  const { sinceMs, count, curedMs, acknowledgedMs } = alarm;
  return [
    alarmTexts.since(wordAgo(sinceMs, nowMs), count),
    ...(acknowledgedMs === undefined
      ? []
      : [alarmTexts.acknowledged(wordAgo(acknowledgedMs, nowMs))]),
    ...(curedMs === undefined ? [] : [alarmTexts.cured(wordAgo(curedMs, nowMs))]),
  ].join(', ');
}

export function deliveryWords(delivery: Delivery, nowMs: number): string {
  const { route, what, state, atMs, nextMs, problem } = delivery;
  const words = alarmTexts.delivery;
  switch (state) {
    case 'sent':
      return words.sent(what === 'cured', route, wordAgo(atMs, nowMs));
    case 'failed':
      return words.failed(route, problem ?? '');
    case 'waiting':
      return problem === undefined
        ? words.waiting(route)
        : words.again(route, problem, wordAhead(nextMs ?? nowMs, nowMs));
    default:
      return state satisfies never;
  }
}

export function routeLines(routes: readonly AlarmRoute[], nowMs: number): readonly string[] {
  if (routes.length === 0) return [alarmTexts.noRoutes];
  const rows = routes.map((route) => [route.name, route.kind, routeState(route, nowMs), route.to]);
  const titles = ['ROUTE', 'KIND', 'STATE', 'TO'].map((title) => ({ title }));
  return table(titles, rows);
}

function routeState({ lastSentMs, lastProblem }: AlarmRoute, nowMs: number): string {
  if (lastProblem !== undefined && lastProblem.atMs > (lastSentMs ?? 0)) {
    return alarmTexts.lastProblem(wordAgo(lastProblem.atMs, nowMs), lastProblem.problem);
  }
  if (lastSentMs === undefined) return alarmTexts.neverSent;
  return alarmTexts.lastSent(wordAgo(lastSentMs, nowMs));
}
