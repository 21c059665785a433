import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineWidth } from '../../tui/widgets/line.ts';
import { answerEverything } from '../support/answer-everything.ts';
import { cannedJob, cannedNowMs } from '../support/canned-snapshot.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';
import { looksAsIfFresh } from '../support/fresh-looks.ts';
import { openTestWorkbench, type TestWorkbench } from '../support/test-workbench.ts';
import { until } from '../support/until.ts';
import { troubled } from './golden/overview-scenes.ts';

/** What somebody may have called a backup, a file or a patient, and what a service may print. */
const fragments = [
  '\u001B[2J\u001B[H',
  '\u001B]0;title\u0007',
  '\u001B[?1049l',
  '\u009B31m',
  '\r\n\t\b\u0000\u007F',
  '\u202Egnp.exe\u202C',
  '\u2066iso\u2069\u200F\u200E',
  '\u200B\u200C\u200D\uFEFF\u00AD',
  '\u2028\u2029',
  'e\u0301\u0323'.padEnd(5_000, '\u0301'),
  '漢字カナ한글',
  'سلام بیمارستان',
  'پرونده\u200Cهای بیمار، می\u200Cرود\u200C',
  'שלום',
  '👨‍👩‍👧‍👦🇮🇷✅🏳️‍🌈',
  '\u{E0041}\u{E0042}\u115F\u3164',
  '\uD800\uDC00\uD800',
  'x'.repeat(10_000),
  '漢'.repeat(3_500),
  '🇮🇷'.repeat(1_000),
  '{}[]"\'\\$`',
  ' ',
  '',
];
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...fragments), fc.string({ unit: 'binary', maxLength: 12 })), {
    minLength: 1,
    maxLength: 3,
  })
  .map((parts) => parts.join(''));

// Names and words of people; ids too, as services and schedules are called what their owner likes.
const poisoned = new Set(
  [
    'id name title text why path place hint words label host contact version detail step what reason',
    'program cause problem cost message unit thing note command folder user applicationVersion',
  ].flatMap((names) => names.split(' ')),
);
const poisonedLists = new Set(['lines', 'notes', 'warnings', 'obstacles', 'steps', 'examples']);

/** Each text that a person or a program chose is another one; all else stays as the protocol wants it. */
function poison(value: unknown, next: () => string): unknown {
  if (Array.isArray(value)) return value.map((one) => poison(one, next));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      if (typeof inner === 'string' && poisoned.has(name)) return [name, next()];
      if (Array.isArray(inner) && poisonedLists.has(name)) {
        return [name, inner.map((one) => (typeof one === 'string' ? next() : poison(one, next)))];
      }
      return [name, poison(inner, next)];
    }),
  );
}

async function startPoisoned(texts: readonly string[]): Promise<FakeKedge> {
  const fake = await startFakeKedge();
  answerEverything(fake);
  troubled(fake);
  fake.snapshot = {
    ...fake.snapshot,
    jobs: [
      cannedJob(),
      cannedJob({
        id: 6,
        finishedAtMs: cannedNowMs,
        state: { kind: 'failed', failure: { code: 'internal', params: { cause: texts[0] ?? '' } } },
      }),
    ],
  };
  let at = 0;
  const next = (): string => texts[at++ % texts.length] ?? '';
  fake.transform = (value) => poison(value, next);
  return fake;
}

const [enter, esc, tab] = ['\r', '\u001B', '\t'];
/** Through all screens and what opens on them. */
const walk: readonly (readonly string[])[] = [
  ['1'],
  ['}', '}', '}'],
  ['2'],
  ['j', enter],
  [esc, 'd'],
  [esc, '/', 'x', esc],
  ['3'],
  ['@'],
  [enter],
  [esc, esc, enter],
  [tab, tab, enter],
  [esc, '4'],
  [enter],
  [esc, 'e'],
  [esc, 'M'],
  [esc, '5'],
  [enter],
  [esc, 'R'],
  [esc, '6'],
  ['j', enter],
  [esc, '7'],
  ['g'],
  [esc, '8'],
  [':'],
  [esc, '\u0010'],
  [esc, '?'],
  [esc, 'm'],
  [esc, 'q'],
];

const sizes = [
  [120, 40],
  [80, 24],
  [60, 15],
] as const;

/** What reaches the terminal besides our own sequences. */
function recordWrites({ output }: TestWorkbench): () => string {
  const write = output.write.bind(output);
  let written = '';
  output.write = (chunk: string | Uint8Array) => {
    written += String(chunk);
    return write(chunk);
  };
  return () => written;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence begins with one.
const ownSequences = /\u001B\[\??[\d;]*[A-Za-z]/g;
const notToBePrinted =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u2028-\u202e\u2060-\u2069\ufeff]|\u200b|\u200d|\u200e|\u200f|\p{Surrogate}|\p{M}{5}|(?<![\p{Script=Arabic}\p{M}])\u200c|\u200c{2}/u;

async function answered({ running }: TestWorkbench): Promise<void> {
  await until(() => Object.values(running.ui().data).every((one) => one.kind !== 'loading'));
}

test('no name, however hostile, breaks a row, moves the cursor or stays behind', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(hostile, { minLength: 3, maxLength: 7 }), async (texts) => {
      await using fake = await startPoisoned(texts);
      await using screen = await openTestWorkbench(fake, { columns: 120, rows: 40 });
      const written = recordWrites(screen);
      await screen.shows('Kedge ok');
      for (const [at, keys] of walk.entries()) {
        const [columns, rows] = sizes[at % sizes.length] ?? sizes[0];
        screen.resize(columns, rows);
        screen.press(...keys);
        await answered(screen);
        await until(() => looksAsIfFresh(screen), 10_000);
        const { lines } = screen.running.frame();
        expect(lines.map(lineWidth)).toEqual(Array.from({ length: rows }, () => columns));
      }
      expect(written().replace(ownSequences, '')).not.toMatch(notToBePrinted);
    }),
    { numRuns: 6 },
  );
}, 120_000);

test('nothing of it reaches a screen reader either', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(hostile, { minLength: 3, maxLength: 7 }), async (texts) => {
      await using fake = await startPoisoned(texts);
      await using screen = await openTestWorkbench(fake, { columns: 120, rows: 40, aloud: true });
      const written = recordWrites(screen);
      // No word is waited for on the screen: a long name scrolls all others away.
      await answered(screen);
      for (const keys of walk) {
        screen.press(...keys);
        await answered(screen);
        // At most four times a second it speaks of itself: here of each page.
        screen.flush();
      }
      expect(written().replaceAll('\b \b', '')).not.toMatch(notToBePrinted);
    }),
    { numRuns: 3 },
  );
}, 120_000);
