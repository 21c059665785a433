import { expect, test } from 'vitest';
import type { SeenProblem } from '../../agent/alarms/found-problem.ts';
import { nextAlarm } from '../../agent/alarms/next-alarm.ts';
import { defaultPace } from '../../agent/alarms/pace.ts';
import type { AlarmRecord } from '../../agent/state/alarm-records.ts';

const minute = 60_000;
const problem: SeenProblem = {
  id: 'store-local',
  severity: 'error',
  text: 'destination "local" is offline',
  sinceMs: 0,
};

/** One alarm over minutes in which its problem is there or not; answers what was told when. */
function over(history: Readonly<Record<number, SeenProblem | undefined>>): {
  readonly told: readonly string[];
  readonly alarm: AlarmRecord | undefined;
} {
  let alarm: AlarmRecord | undefined;
  let now: SeenProblem | undefined;
  const told: string[] = [];
  const last = Math.max(...Object.keys(history).map(Number));
  for (let at = 0; at <= last; at++) {
    if (at in history) {
      const next = history[at];
      now = next === undefined ? undefined : { ...next, sinceMs: now?.sinceMs ?? at * minute };
    }
    const old = (alarm?.curedMs ?? Number.POSITIVE_INFINITY) < at * minute - defaultPace.foldMs;
    const before = old ? undefined : alarm;
    const moment = { nowMs: at * minute, startedMs: -10 * minute };
    const next = nextAlarm(before, now, moment, defaultPace);
    if (next === undefined) continue;
    alarm = { ...next.alarm, id: before?.id ?? (alarm?.id ?? 0) + 1 };
    if (next.tell !== undefined) told.push(`${at} ${next.tell}`);
  }
  return { told, alarm };
}

test('what comes and goes within the settling time is no alarm', () => {
  const odd = Object.fromEntries(
    [...Array(30).keys()].map((at) => [at, at % 2 ? undefined : problem]),
  );
  expect(over(odd)).toEqual({ told: [], alarm: undefined });
});

test('a problem that stays is told once, and once when it is over', () => {
  const { told, alarm } = over({ 0: problem, 200: undefined, 400: undefined });
  expect(told).toEqual(['1 open', '201 cured']);
  expect(alarm).toMatchObject({ id: 1, state: 'cured', count: 1, curedMs: 200 * minute });
});

test('what goes and comes again within an hour is the same alarm, counted and not told again', () => {
  const { told, alarm } = over({
    0: problem,
    5: undefined,
    7: problem,
    12: undefined,
    80: undefined,
  });
  expect(told).toEqual(['1 open', '6 cured']);
  expect(alarm).toMatchObject({ id: 1, count: 2, sinceMs: 0, lastMs: 8 * minute });
});

test('one that came again after its cure was told is told again when it stays for an hour', () => {
  const { told } = over({ 0: problem, 5: undefined, 7: problem, 100: problem });
  expect(told).toEqual(['1 open', '6 cured', '68 open']);
});

test('a cure that does not last is not told', () => {
  const { told, alarm } = over({ 0: problem, 5: undefined, 6: problem, 30: problem });
  expect(told).toEqual(['1 open']);
  expect(alarm).toMatchObject({ state: 'open', count: 2 });
});

test('one that comes again after more than an hour is another alarm', () => {
  const { told, alarm } = over({ 0: problem, 5: undefined, 90: problem, 95: problem });
  expect(told).toEqual(['1 open', '6 cured', '91 open']);
  expect(alarm).toMatchObject({ id: 2, count: 1, sinceMs: 90 * minute });
});

test('a warning that becomes an error is told again, also when it was acknowledged', () => {
  const warned: AlarmRecord = {
    id: 1,
    key: problem.id,
    severity: 'warning',
    text: 'full in 13 days',
    state: 'acknowledged',
    acknowledgedMs: 2,
    sinceMs: 0,
    lastMs: 1,
    count: 1,
    told: 'open',
  };
  const moment = { nowMs: 10 * minute, startedMs: 0 };
  expect(nextAlarm(warned, problem, moment, defaultPace)).toEqual({
    alarm: {
      id: 1,
      key: problem.id,
      severity: 'error',
      text: problem.text,
      state: 'open',
      sinceMs: 0,
      lastMs: 1,
      count: 1,
      told: 'open',
    },
    tell: 'open',
  });
});

test('words that change, such as days left, are kept up to date and not told', () => {
  const { told, alarm } = over({
    0: problem,
    5: { ...problem, text: 'another text' },
    9: problem,
    10: { ...problem, hint: 'do it' },
  });
  expect(told).toEqual(['1 open']);
  expect(alarm).toMatchObject({ text: problem.text, hint: 'do it' });
});

test('nothing is cured only because it was not looked for yet after a start', () => {
  const open: AlarmRecord = {
    id: 1,
    key: problem.id,
    severity: 'error',
    text: problem.text,
    state: 'open',
    sinceMs: 0,
    lastMs: 0,
    count: 1,
    told: 'open',
  };
  const at = (nowMs: number) =>
    nextAlarm(open, undefined, { nowMs, startedMs: 100 * minute }, defaultPace)?.alarm.state;
  expect([at(100.5 * minute), at(101 * minute)]).toEqual([undefined, 'cured']);
});

test('what was there before a start settles anew, and a long settling time is measured over starts', () => {
  const at = (nowMinute: number, settleMs?: number) =>
    nextAlarm(
      undefined,
      settleMs === undefined ? problem : { ...problem, settleMs },
      { nowMs: nowMinute * minute, startedMs: 100 * minute },
      defaultPace,
    )?.tell;
  expect([
    at(100.5),
    at(101),
    at(101, 50 * minute),
    at(101, 200 * minute),
    at(200, 200 * minute),
  ]).toEqual([undefined, 'open', 'open', undefined, 'open']);
});
