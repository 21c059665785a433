import createBidi from 'bidi-js';
import { afterEach, expect, test } from 'vitest';
import { createScreenDriver } from '../../../tui/host/screen-driver.ts';
import { englishFormats } from '../../../tui/texts/english/english-formats.ts';
import { setFormats } from '../../../tui/texts/formats.ts';
import { createTheme } from '../../../tui/theme/create-theme.ts';
import { unicodeGlyphs } from '../../../tui/theme/theme.ts';
import { drawButtons, drawField } from '../../../tui/widgets/draw-field.ts';
import { framedBox } from '../../../tui/widgets/framed-box.ts';
import { emptyLine, fitLine, type Line, line, span } from '../../../tui/widgets/line.ts';
import { layOver } from '../../../tui/widgets/overlay.ts';
import { markedCells, visualCells } from '../../../tui/widgets/right-to-left/order-cells.ts';
import { type CellOrder, screenRows } from '../../../tui/widgets/screen-rows.ts';
import { table } from '../../../tui/widgets/table.ts';
import { wordWrap } from '../../../tui/widgets/word-wrap.ts';
import { loadTextOrder } from '../../../tui/workbench/text-order.ts';
import { answerEverything } from '../../support/answer-everything.ts';
import { startFakeKedge } from '../../support/fake-kedge.ts';
import { createScreenTerminal } from '../../support/screen-terminal.ts';
import { openTestWorkbench } from '../../support/test-workbench.ts';
import { until } from '../../support/until.ts';

const theme = createTheme({ theme: 'terminal', ascii: 'off' }, { depth: '16', unicode: true });
const [columns, rows] = [80, 24];
const { ellipsis } = unicodeGlyphs;
const marks = /[\u200C\u200E\u200F\u202A-\u202E]/g;

afterEach(() => setFormats(englishFormats));

/** Some of everything that widgets draw, in Persian. */
function sampleScreen(): readonly Line[] {
  const context = { width: columns, glyphs: unicodeGlyphs, focus: 'name', places: {} };
  const backups = table(
    [
      { title: 'نام', width: 'rest' },
      { title: 'نوع', width: 10 },
      { title: 'زمان', width: 18 },
      { title: 'اندازه', width: 12, align: 'right' },
    ],
    ellipsis,
  );
  const under = [
    line(' نمای کلی'),
    emptyLine,
    ...wordWrap(
      'آخرین نسخهٔ سالم ۲ ساعت پیش در /mnt/backup/clinic_2026-11-21_full.tar.zst ساخته شد (۱۲٫۵ MiB) و تا ۱۴۰۵/۰۹/۳۰ ساعت ۱۴:۰۰ نگه داشته می‌شود.',
      columns - 2,
    ).map((row) => line(` ${row}`)),
    emptyLine,
    backups.header(columns),
    backups.row(['پیش از به‌روزرسانی سامانه', 'کامل', '۱۴۰۵/۰۹/۰۱ ۰۲:۰۰', '۵۰ MiB'], columns),
    backups.row(['● خودکار شبانه', 'تفاضلی', 'شنبه ۰۲:۰۰', '۹۱۲ KiB'], columns),
    backups.row(['clinic_full', 'کامل', 'جمعه ۰۲:۰۰', '—'], columns),
    emptyLine,
    drawField(
      {
        kind: 'field',
        id: 'name',
        label: 'نام پشتیبان',
        value: { text: 'پیش از تعمیر', caret: 12 },
        note: line('فقط برای خواندن', 'muted'),
      },
      context,
    ),
    drawField(
      { kind: 'field', id: 'at', label: 'محل', value: { text: '/mnt/a', caret: 6 } },
      context,
    ),
    ...drawButtons(
      [
        {
          id: 'ok',
          label: 'شروع پشتیبان‌گیری',
          action: { command: 'x' },
          disabled: 'مقصد در دسترس نیست',
        },
      ],
      context,
    ),
    [span(' ✓ میزبان سالم', 'ok'), span(' · '), span('پایگاه داده: GET /health ۲۰۰ در ۴ ms')],
    line(
      ' موارد بسیار زیادی که در یک ردیف هشتاد خانه‌ای جا نمی‌شوند و بنابراین باید کوتاه شوند تا پایان',
    ),
  ];
  const box = framedBox('تأیید', [line('آیا بازیابی clinic آغاز شود؟')], 40, unicodeGlyphs);
  const filled = Array.from({ length: rows }, (_, at) =>
    fitLine(under[at] ?? [], columns, ellipsis),
  );
  return layOver(filled, box, 20, 18).map((row) => fitLine(row, columns, ellipsis));
}

async function shown(order: CellOrder): Promise<string> {
  const terminal = createScreenTerminal(columns, rows);
  createScreenDriver(terminal.output).paint(screenRows(theme, sampleScreen(), order), columns);
  await until(() => terminal.output.writableLength === 0, 5_000);
  return terminal.rows().join('\n');
}

test('a Persian screen is as it was looked at, ordered by Kedge and by the terminal', async () => {
  const [kedge, terminal] = [await shown(visualCells), await shown(markedCells)];
  const embedded = terminal.replace(/[\u202A\u202B]/g, '<').replaceAll('\u202C', '>');
  const text = [kedge, '----- as read, embedded in < and >', embedded.replace(marks, '')].join(
    '\n',
  );
  await expect(`${text}\n`).toMatchFileSnapshot('persian-screen.txt');
});

test('a terminal that orders whole rows shows what Kedge shows', async () => {
  const [kedge, terminal] = [await shown(visualCells), await shown(markedCells)];
  const bidi = createBidi();
  const ordered = terminal
    .split('\n')
    .map((row) => bidi.getReorderedString(row, bidi.getEmbeddingLevels(row, 'ltr')))
    .map((row) => row.replace(marks, '').trimEnd());
  const plain = (rows: readonly string[]): readonly string[] =>
    rows.map((row) => row.normalize('NFKC').replace(/\p{M}/gu, ''));
  expect(plain(ordered)).toEqual(plain(kedge.split('\n')));
});

test('keys of a Persian keyboard do what those at their places do, and are themselves in fields', async () => {
  setFormats({ ...englishFormats, locale: 'fa-IR' });
  await loadTextOrder();
  await using fake = await startFakeKedge();
  answerEverything(fake);
  await using screen = await openTestWorkbench(fake, { columns, rows });
  await screen.shows('All is well');
  screen.press('۵');
  await screen.shows('SERVICE');
  screen.press('\u064B');
  await screen.shows('Nothing has been stopped yet');
  screen.press('\u001B', ':');
  await screen.shows('type a part of a command');
  screen.press('سلام');
  await screen.shows('\uFEE1\uFEFC\uFEB3');
  await screen.settled();
  setFormats(englishFormats);
  screen.press('\u001B', '1');
  await screen.shows('All is well');
  screen.press('۵');
  await screen.settled();
  expect(screen.text()).toContain('All is well');
});
