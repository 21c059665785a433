import { describe, expect, test } from 'vitest';
import { protocolVersion, sessionOpen } from '../../../protocol/methods/session.ts';
import { asciiGlyphs, unicodeGlyphs } from '../../../tui/theme/theme.ts';
import { hear, wholeOf } from '../../../tui/workbench/aloud/heard.ts';
import { answerEverything } from '../../support/answer-everything.ts';
import { type FakeKedge, startFakeKedge } from '../../support/fake-kedge.ts';
import { openTestWorkbench, type TestWorkbench } from '../../support/test-workbench.ts';
import { until } from '../../support/until.ts';
import { backUpScenes } from './back-up-scenes.ts';
import { destinationsScenes, jobsScenes } from './other-scenes.ts';
import { overviewScenes } from './overview-scenes.ts';
import { restoreScenes } from './restore-scenes.ts';
import type { Scene } from './scene.ts';
import { schedulesScenes } from './schedules-scenes.ts';
import { servicesScenes } from './services-scenes.ts';
import { settingsScenes } from './settings-scenes.ts';
import { windowScenes } from './window-scenes.ts';

// Times are shown in the zone of the terminal.
process.env['TZ'] = 'UTC';

const scenesOf = {
  overview: overviewScenes,
  'back-up': backUpScenes,
  restore: restoreScenes,
  schedules: schedulesScenes,
  services: servicesScenes,
  jobs: jobsScenes,
  destinations: destinationsScenes,
  settings: settingsScenes,
  window: windowScenes,
} satisfies Readonly<Record<string, readonly Scene[]>>;

const sizes = [
  [120, 40],
  [80, 24],
  [60, 15],
] as const;

/** A Kedge whose process, home and clock are always the same. */
async function startCanned(scene: Scene): Promise<FakeKedge> {
  const fake = await startFakeKedge();
  answerEverything(fake);
  fake.answer(sessionOpen, () => ({
    version: protocolVersion,
    capabilities: [],
    kedgeVersion: '0.1.0',
    pid: 4242,
    installation: 'installation-1',
    epoch: fake.epoch,
    home: '/var/lib/kedge',
    role: 'admin' as const,
    session: 1,
  }));
  scene.kedge?.(fake);
  return fake;
}

async function walk(screen: TestWorkbench, fake: FakeKedge, scene: Scene): Promise<void> {
  for (const [shown, ...keys] of scene.steps) {
    await screen.shows(shown);
    screen.press(...keys);
  }
  scene.after?.(screen, fake);
  if (scene.shows !== undefined) await screen.shows(scene.shows);
  await quiet(screen, fake);
}

/** Nothing is asked of Kedge any more, and what was has come. */
async function quiet({ running }: TestWorkbench, { calls }: FakeKedge): Promise<void> {
  let seen = -1;
  const isQuiet = (): boolean => {
    const before = seen;
    seen = calls.length;
    const waiting = Object.values(running.ui().data).some(({ kind }) => kind === 'loading');
    return seen === before && !waiting;
  };
  await until(isQuiet, 10_000, 40);
}

interface Shown {
  /** The rows at each size, as a terminal shows them. */
  readonly rows: readonly (readonly string[])[];
  /** What a screen reader is told of it. */
  readonly aloud: readonly string[];
}

async function showScene(
  scene: Scene,
  looks: { readonly depth: '256' | 'none'; readonly ascii: boolean },
): Promise<Shown> {
  await using fake = await startCanned(scene);
  await using screen = await openTestWorkbench(fake, {
    columns: 80,
    rows: 24,
    depth: looks.depth,
    ascii: looks.ascii,
    settings: { theme: 'dark' },
  });
  await walk(screen, fake, scene);
  const shown: (readonly string[])[] = [];
  for (const [columns, rows] of sizes) {
    screen.resize(columns, rows);
    await screen.settled();
    expect(screen.rows()).toHaveLength(rows);
    if (looks.depth === 'none') expect(screen.looks().join('\n')).not.toMatch(/\{[^}]*[fg]\d/);
    shown.push(screen.rows());
  }
  screen.resize(160, 40);
  await screen.settled();
  return { rows: shown, aloud: spokenWhole(screen) };
}

function spokenWhole({ running }: TestWorkbench): readonly string[] {
  const heard = hear(running.bench.model(), running.frame());
  const { typed } = heard.focus;
  return [...wholeOf(heard), ...(typed === undefined ? [] : [typed.label + typed.field.text])];
}

const asciiOf = new Map<string, Set<string>>();
for (const [name, sign] of Object.entries(unicodeGlyphs)) {
  const plain = signsOf(asciiGlyphs[name as keyof typeof asciiGlyphs]);
  for (const [n, one] of signsOf(sign).entries()) {
    asciiOf.set(one, (asciiOf.get(one) ?? new Set()).add(plain[n] ?? ''));
  }
}

function signsOf(glyph: unknown): readonly string[] {
  return [glyph].flat().filter((sign) => typeof sign === 'string');
}

/** Whether a row without Unicode is the same row with other signs. */
function sameSigns(unicode: string, ascii: string): boolean {
  const [signs, plain] = [Array.from(unicode), Array.from(ascii)];
  return (
    signs.length === plain.length &&
    signs.every((sign, n) => asciiOf.get(sign)?.has(plain[n] ?? '') ?? sign === plain[n])
  );
}

/** As the file has it: all rows, then those that differ by more than their signs. */
function golden(
  scene: Scene,
  unicode: readonly (readonly string[])[],
  ascii: readonly (readonly string[])[],
): string {
  return sizes
    .map(([columns, rows], n) => {
      const shown = unicode[n] ?? [];
      const plain = ascii[n] ?? [];
      const other = plain.flatMap((row, at) =>
        sameSigns(shown[at] ?? '', row) ? [] : [`${at + 1}: ${row}`],
      );
      const heading = `===== ${scene.name}, ${columns}x${rows}`;
      const rest = other.length === 0 ? [] : ['----- in ASCII', ...other];
      return [heading, ...shown, ...rest].join('\n');
    })
    .join('\n');
}

describe.each(Object.keys(scenesOf) as (keyof typeof scenesOf)[])('%s', (screen) => {
  test('looks as it did, at three sizes, in 256 colours, without colours in ASCII, and read aloud', async () => {
    const texts: string[] = [];
    for (const scene of scenesOf[screen]) {
      const unicode = await showScene(scene, { depth: '256', ascii: false });
      const ascii = await showScene(scene, { depth: 'none', ascii: true });
      for (const rows of ascii.rows) expect(rows.join('')).toMatch(/^[\u0020-\u007E]*$/);
      const aloud = [`===== ${scene.name}, read aloud`, ...ascii.aloud].map((text) =>
        text.trimEnd(),
      );
      texts.push(golden(scene, unicode.rows, ascii.rows), aloud.join('\n'));
    }
    await expect(`${texts.join('\n')}\n`).toMatchFileSnapshot(`${screen}.txt`);
  });
});
