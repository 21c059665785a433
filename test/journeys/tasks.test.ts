import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { scheduleList } from '../../protocol/methods/schedule.ts';
import { moveTo } from '../support/move-to.ts';
import { testWith } from '../support/require-tool.ts';
import { countOrders, deleteOrders } from '../support/small-application.ts';
import {
  counting,
  type Effort,
  kedgeProgram,
  shell,
  startTaskJourney,
  type TaskJourney,
} from '../support/task-journey.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { openTerminal, type Terminal } from '../support/tmux.ts';

type Act = (terminal: Terminal, journey: TaskJourney) => Promise<void>;
type Task = 'T1' | 'T2' | 'T3' | 'T4' | 'T5' | 'T6';

/** What must be so after each task, however it was done. */
const outcomes: Readonly<Record<Task, (journey: TaskJourney) => Promise<void>>> = {
  T1: async ({ usb }) => expect(readdirSync(usb).some((name) => name.endsWith('.zst'))).toBe(true),
  async T2({ session }) {
    const { schedules } = await session.call(scheduleList, {});
    expect(schedules.map(({ id, settings }) => [id, settings])).toEqual([
      [
        'nightly',
        expect.objectContaining({
          full: { every: 'day', at: '02:00' },
          differential: { when: { every: 'hours', hours: 4 } },
          deleteOlderThan: '30 days',
          store: 'local',
        }),
      ],
    ]);
  },
  T3: async ({ app }) => expect(countOrders(app.database)).toBe(1_500),
  async T4({ healthy, idle, usb }) {
    await idle();
    expect(await healthy()).toBe(true);
    // Without the safety backup of the restore, which goes some time after its undo.
    expect(readdirSync(usb).filter((name) => /(?<!_diff)\.tar\.zst$/.test(name))).toHaveLength(2);
  },
  T5: async ({ downloads }) =>
    expect(readdirSync(downloads).filter((name) => name.endsWith('.zst'))).toHaveLength(1),
  T6: async () => undefined,
};

/** What comes before a task and is nobody's work. */
async function before(task: Task, { app, hostDies, idle }: TaskJourney): Promise<void> {
  await idle();
  if (task === 'T3') deleteOrders(app.database, 500);
  if (task === 'T4') await hostDies();
}

const byKeys: Readonly<Record<Task, Act>> = {
  async T1(terminal) {
    await terminal.press('b');
    await terminal.shows('Back up now');
    await terminal.type('before update');
    await moveTo(terminal, 'Tab', 'Destination|To ');
    await terminal.press('Right');
    await terminal.shows('< usb');
    await terminal.press('Enter');
    await terminal.shows(/before update.* full .*verified/);
  },
  async T2(terminal) {
    await terminal.press('4');
    await terminal.shows('No schedule yet');
    await terminal.press('c');
    await terminal.shows('New schedule');
    await terminal.type('nightly');
    await moveTo(terminal, 'Tab', 'Differential');
    await terminal.press('Right');
    await terminal.shows('between two fulls');
    await moveTo(terminal, 'Tab', 'Older than');
    await terminal.type('30 days');
    await moveTo(terminal, 'Tab', 'Save ]');
    await terminal.press('Enter');
    await terminal.shows(/nightly +every day at 02:00/);
  },
  async T3(terminal, { app }) {
    await terminal.press('3');
    await terminal.shows('Any archive');
    await moveTo(terminal, 'Down', 'before update');
    await terminal.press('Enter');
    await terminal.shows(/Comes back +[\d,]+ rows/);
    await moveTo(terminal, 'Tab', 'Back ]');
    await moveTo(terminal, 'Right', '(Drop them|Restore\\.\\.\\.)');
    await terminal.press('Enter');
    await terminal.shows('Type Shop to confirm');
    await terminal.type('Shop');
    await terminal.press('Enter');
    await terminal.shows('The application was down for');
    expect(countOrders(app.database)).toBe(2_000);
    await terminal.shows('[ Undo this');
    await moveTo(terminal, 'Right', 'Undo this');
    await terminal.press('Enter');
    await terminal.shows('Type Shop to confirm');
    await terminal.type('Shop');
    await terminal.press('Enter');
    await terminal.shows(/[Uu]ndone|is back/);
  },
  async T4(terminal) {
    await terminal.press('R');
    await terminal.shows(/1\. to do/);
    await moveTo(terminal, 'Right', 'Reset, then retry');
    await terminal.press('Enter');
    await terminal.shows('DONE: every service is healthy.');
  },
  async T5(terminal) {
    await terminal.press(':');
    await terminal.type('download');
    await terminal.shows(/> .*Download a backup/);
    await terminal.press('Enter');
    await terminal.shows('a backup: its id');
    await terminal.press('Enter');
    await terminal.shows(/downloaded|Downloaded/);
  },
  async T6(terminal) {
    await terminal.press('1');
    await terminal.shows('All is well');
    await terminal.press('2');
    await terminal.shows('[ Back up now ]');
    await moveTo(terminal, 'Tab', '(before update|shop )');
    await terminal.press('t');
    await terminal.shows(/full .*proven/);
  },
};

const byMouse: Readonly<Record<Task, Act>> = {
  async T1(terminal) {
    await terminal.click('2 Back up');
    await terminal.shows('Back up now');
    await terminal.click('< local');
    await terminal.shows('< usb');
    await terminal.click('[ Back up now ]');
    await terminal.shows(/shop.* full .*verified/);
  },
  async T2(terminal) {
    await terminal.click('4 Schedules');
    await terminal.shows('No schedule yet');
    await terminal.click(': commands');
    await terminal.shows('Set a schedule');
    await terminal.click('Set a schedule');
    await terminal.shows('New schedule');
    // A name and an age are words: they are typed, all else is clicked.
    await terminal.type('nightly');
    await terminal.click(/(?<=Differential +)< \w/);
    await terminal.shows('between two fulls');
    await terminal.click('Older than');
    await terminal.type('30 days');
    await terminal.click('[ Save ]');
    await terminal.shows(/nightly +every day at 02:00/);
  },
  async T3(terminal, { app }) {
    await terminal.click('3 Restore');
    await terminal.shows('Any archive');
    await terminal.click(/shop .* full|shop_.*full/);
    await terminal.shows(/Comes back +[\d,]+ rows/);
    await terminal.shows(/\[ (Drop them|Restore\.\.\.) \]/);
    await terminal.click(/\[ (Drop them|Restore\.\.\.) \]/);
    await terminal.shows('Type Shop to confirm');
    await terminal.type('Shop');
    await terminal.click('[ Restore a backup ]');
    await terminal.shows('The application was down for');
    expect(countOrders(app.database)).toBe(2_000);
    await terminal.shows('[ Undo this');
    await terminal.click('[ Undo this');
    await terminal.shows('Type Shop to confirm');
    await terminal.type('Shop');
    await terminal.shows('[ Undo a restore ]');
    await terminal.click('[ Undo a restore ]');
    await terminal.shows(/[Uu]ndone|is back/);
  },
  async T4(terminal) {
    await terminal.click('5 Services');
    // Until its log is there the button stands higher up.
    await terminal.shows(/Last lines[\s\S]*\[ Reset all\.\.\. \]/);
    await terminal.click('[ Reset all... ]');
    await terminal.shows(/1\. to do/);
    await terminal.shows('[ Reset, then retry');
    await terminal.click('[ Reset, then retry');
    await terminal.shows('DONE: every service is healthy.');
  },
  async T5(terminal) {
    await terminal.click('2 Back up');
    await terminal.shows('[ Back up now ]');
    await terminal.click(/shop .* full|shop_.*full/, 'right');
    await terminal.shows('Download the selected');
    await terminal.click('Download the selected');
    await terminal.shows(/downloaded|Downloaded/);
  },
  async T6(terminal) {
    await terminal.click('1 Overview');
    await terminal.shows('All is well');
    await terminal.click('2 Back up');
    await terminal.shows('[ Back up now ]');
    await terminal.click(/shop .* full|shop_.*full/, 'right');
    await terminal.shows('Drill the selected');
    await terminal.click('Drill the selected');
    await terminal.shows(/full .*proven/);
  },
};

const byCommandLine: Readonly<Record<Task, readonly string[]>> = {
  T1: ["kedge backup create --name 'before update' --to usb"],
  T2: [
    "kedge schedule set nightly --full 'daily 02:00' --differential 'every 4 hours' --delete-older-than '30 days' --store local --zone UTC",
  ],
  T3: ['kedge restore run latest --confirm Shop', 'kedge undo run --confirm Shop'],
  T4: ['kedge service list', 'kedge service reset --retry'],
  T5: ['kedge backup download latest --to downloads/', 'kedge restore plan downloads/*.zst'],
  T6: ['kedge status', 'kedge drill latest'],
};

const tasks = ['T1', 'T2', 'T3', 'T4', 'T5', 'T6'] as const;

/** Keys or clicks that a task may take, texts apart. */
const most: Readonly<Record<'keys' | 'clicks', Readonly<Record<Task, number>>>> = {
  keys: { T1: 6, T2: 22, T3: 12, T4: 4, T5: 3, T6: 5 },
  clicks: { T1: 3, T2: 6, T3: 6, T4: 3, T5: 3, T6: 4 },
};

function tell(how: string, task: Task, { keys, clicks, texts }: Effort): void {
  process.stdout.write(`${task} by ${how}: ${keys} keys, ${clicks} clicks, ${texts} texts typed\n`);
}

testWith('tmux').concurrent.each([
  ['keys', byKeys],
  ['clicks', byMouse],
] as const)(
  'T1 to T6 by %s alone',
  async (how, acts) => {
    using folder = tempFolder();
    await using journey = await startTaskJourney(folder.path);
    const { home } = journey.app;
    await using window = await openTerminal({
      columns: 120,
      rows: 40,
      environment: { KEDGE_HOME: home, XDG_STATE_HOME: folder.path, LANG: 'C.UTF-8', TZ: 'UTC' },
      command: ['sh', '-c', `cd '${journey.downloads}' && exec sh '${kedgeProgram}'`],
    });
    await window.shows('Kedge ok');
    const { terminal, taken } = counting(window);
    for (const task of tasks) {
      await before(task, journey);
      await acts[task](terminal, journey);
      await outcomes[task](journey);
      const effort = taken();
      tell(how, task, effort);
      expect([task, effort[how]]).toEqual([task, expect.any(Number)]);
      expect(effort[how], task).toBeLessThanOrEqual(most[how][task]);
      expect(effort[how === 'keys' ? 'clicks' : 'keys'], task).toBe(0);
    }
  },
  240_000,
);

testWith('bash').concurrent(
  'T1 to T6 by command lines alone',
  async () => {
    using folder = tempFolder();
    await using journey = await startTaskJourney(folder.path);
    const { app } = journey;
    for (const task of tasks) {
      await before(task, journey);
      for (const line of byCommandLine[task]) {
        const told = await shell(folder.path, app.home, line);
        const ill = task === 'T4' && line === 'kedge service list';
        expect([line, told.code, told.err], told.out).toEqual([line, 0, expect.any(String)]);
        if (ill) expect(told.out).toMatch(/host .*killed by SIGKILL/);
        if (line.startsWith('kedge restore run')) expect(countOrders(app.database)).toBe(2_000);
        if (task === 'T1')
          expect(existsSync(join(journey.usb, 'before update.tar.zst'))).toBe(true);
        if (line.startsWith('kedge drill')) expect(told.out).toContain('Proven');
      }
      await outcomes[task](journey);
    }
  },
  240_000,
);
