import { setImmediate } from 'node:timers/promises';
import { startScheduler } from '../../agent/schedule/scheduler.ts';
import type { ScheduleSettings } from '../../protocol/domain/schedule.ts';
import { FakeClock } from '../schedule/fake-clock.ts';
import { at } from '../schedule/zones.ts';

export const minute = 60_000;

export const hour = 60 * minute;

export const dayMs = 24 * hour;

export const nightly: ScheduleSettings = {
  full: { every: 'day', at: '02:00' },
  store: 'disk',
  zone: 'UTC',
};

export const everyTwoMinutes: ScheduleSettings = {
  ...nightly,
  full: { every: 'cron', cron: '*/2 * * * *' },
};

export const short = (atMs: number): string => new Date(atMs).toISOString().slice(0, 16);

/** A machine: its clock and what is on its disk outlive the scheduler on it. */
export class Machine {
  readonly clock: FakeClock;
  readonly positions = new Map<string, number>();
  readonly fired: string[] = [];
  readonly left: string[] = [];
  readonly chores: number[] = [];
  changes = 0;
  skip: number | undefined;
  choreMs: number | undefined;
  /** Nothing can be written on its disk. */
  full = false;
  schedules: Record<string, ScheduleSettings>;
  #down = new AbortController();

  constructor(time: string, schedules: Record<string, ScheduleSettings>) {
    this.clock = new FakeClock(at(time));
    this.schedules = schedules;
  }

  up() {
    this.#down = new AbortController();
    return startScheduler({
      schedules: () => this.schedules,
      position: (id) => this.positions.get(id),
      skip: () => this.skip,
      serve: (id, due) => {
        if (this.full) return false;
        this.positions.set(id, due.slotMs);
        this.left.push(
          ...due.left.map(({ slotMs, kind, outcome }) => `${short(slotMs)} ${kind} ${outcome}`),
        );
        if (due.run !== undefined) this.fired.push(this.line(id, due.run));
        return true;
      },
      installation: 'one',
      chores: { dueMs: () => this.choreMs, work: () => this.chores.push(this.clock.now()) },
      clock: this.clock,
      signal: this.#down.signal,
      onChange: () => {
        this.changes += 1;
      },
    });
  }

  line(id: string, { slotMs, kind }: { slotMs: number; kind: string }): string {
    const late = Math.floor((this.clock.now() - slotMs) / minute);
    return `${id} ${short(slotMs)} +${late}m${kind === 'full' ? '' : ' differential'}`;
  }

  async down(): Promise<void> {
    this.#down.abort();
    await setImmediate();
  }

  takeFired(): readonly string[] {
    return this.fired.splice(0);
  }
}
