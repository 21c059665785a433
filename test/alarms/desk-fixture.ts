import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type AlarmDesk, openAlarmDesk } from '../../agent/alarms/alarm-desk.ts';
import type { FoundProblem } from '../../agent/alarms/found-problem.ts';
import type { Pace } from '../../agent/alarms/pace.ts';
import { AlarmSettings, type RouteSettings } from '../../agent/config/alarm-settings.ts';
import type { Config } from '../../agent/config/config.ts';
import { openState } from '../../agent/state/state.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

export const offline: FoundProblem = {
  id: 'store-local',
  severity: 'error',
  text: 'destination "local" is offline',
  place: '/mnt/backup',
  hint: 'Mount it.',
};

export const pace: Pace = {
  settleMs: 1_000,
  foldMs: 3_600_000,
  gatherMs: 0,
  retriesMs: [60_000, 120_000],
  maxTries: 4,
};

/** A desk over a real state file, on a clock that the test sets; `restart` closes it and opens another. */
export interface DeskFixture {
  desk(): AlarmDesk;
  restart(): Promise<void>;
  pass(ms: number): void;
  readonly log: readonly string[];
  /** Of its state file. */
  readonly path: string;
  routes: Readonly<Record<string, RouteSettings>>;
}

export function openDesk(
  routes: Readonly<Record<string, RouteSettings>>,
  changes: Partial<Pace> = {},
): DeskFixture {
  const path = join(temporaryFolder(), 'state.sqlite');
  const log: string[] = [];
  let nowMs = Date.UTC(2026, 10, 21, 12);
  const open = () => {
    const state = openState(path);
    const desk = openAlarmDesk({
      state,
      config: () =>
        ({
          application: { id: 'clinic', name: 'Clinic' },
          alarms: AlarmSettings.parse({ routes: fixture.routes }),
          sources: {},
          stores: {},
        }) satisfies Config,
      pace: { ...pace, ...changes },
      now: () => nowMs,
      log: (level, text) => log.push(`${level} ${text}`),
      onChange: () => undefined,
      lookAgain: () => undefined,
    });
    return { state, desk };
  };
  const close = async (): Promise<void> => {
    await opened.desk[Symbol.asyncDispose]();
    opened.state[Symbol.dispose]();
  };
  const fixture: DeskFixture = {
    routes,
    log,
    path,
    desk: () => opened.desk,
    async restart() {
      await close();
      opened = open();
    },
    pass(ms) {
      nowMs += ms;
    },
  };
  let opened = open();
  onTestFinished(close);
  return fixture;
}

/** Looks until the problems are alarms. */
export function settle(fixture: DeskFixture, problems: readonly FoundProblem[]): void {
  fixture.desk().look(problems);
  fixture.pass(pace.settleMs);
  fixture.desk().look(problems);
}
