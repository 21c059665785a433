import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { chooseLanguage, languageOf } from '../../tui/texts/choose-language.ts';
import { momentCells, wordAgo, wordAhead } from '../../tui/texts/moment.ts';
import { speak } from '../../tui/texts/speak.ts';
import { spoken } from '../../tui/texts/spoken.ts';
import { texts } from '../../tui/texts/texts.ts';
import { loadTextOrder } from '../../tui/workbench/text-order.ts';
import { answerEverything } from '../support/answer-everything.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';
import { openTestWorkbench, type TestWorkbench } from '../support/test-workbench.ts';
import { until } from '../support/until.ts';

// Times are shown in the zone of the terminal.
process.env['TZ'] = 'UTC';

let fake: FakeKedge;
beforeEach(async () => {
  fake = await startFakeKedge();
  answerEverything(fake);
});
afterEach(async () => {
  await speak('en');
  await fake[Symbol.asyncDispose]();
});

/** Nothing is awaited of Kedge, and the screen shows what came. */
async function loaded(screen: TestWorkbench): Promise<void> {
  await until(() =>
    Object.values(screen.running.ui().data).every(({ kind }) => kind !== 'loading'),
  );
  await screen.settled();
}

test('the palette changes the language of all screens at once, and back', async () => {
  await using screen = await openTestWorkbench(fake, { columns: 120, rows: 40 });
  await screen.shows('All is well');
  screen.press(':', 'deutsch', '\r');
  await screen.shows('Alles in Ordnung');
  const german: readonly (readonly [key: string, ...words: readonly string[]])[] = [
    ['1', 'Übersicht', 'Letzte gute', 'gesund', 'Strg+P Gehe zu'],
    ['2', 'Jetzt sichern', 'GRÖSSE', 'geprüft', '50,0 MiB'],
    ['3', 'Wiederherstellen', 'Rücknahmen', 'Archivdatei'],
    ['4', 'NÄCHSTER', 'täglich um 02:00 (UTC)'],
    ['5', 'DIENST', 'Alle zurücksetzen...'],
    ['6', 'Nichts läuft'],
    ['7', 'PLATTE BELEGT', '40,0 GiB'],
    ['8', 'Konfiguration', 'gültig und in Kraft'],
  ];
  for (const [key, ...words] of german) {
    screen.press(key);
    for (const word of words) await screen.shows(word);
    await screen.settled();
  }
  screen.press(':');
  await screen.shows('Teil eines Befehls');
  screen.press('eine sicherung pr');
  await screen.shows('Sicherung: Eine Sicherung prüfen');
  screen.press('\x1b', '?');
  await screen.shows('Tasten, die hier wirken');
  screen.press('\x1b', ':', 'english', '\r');
  await screen.shows('valid and in force');
  screen.press('1');
  await screen.shows('All is well');
  expect(screen.text()).not.toMatch(/Dienste|Übersicht/);
});

test('German screens at 80 columns are as they were looked at', async () => {
  await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24 });
  await screen.shows('All is well');
  await speak('de');
  screen.running.touch();
  const shown: string[] = [];
  for (const [key, word] of [
    ['1', 'Letzte gute'],
    ['2', 'Jetzt sichern'],
    ['4c', 'Die nächsten Läufe'],
    ['\x1b5R', 'Noch wurde nichts gestoppt'],
  ] as const) {
    screen.press(...key);
    await screen.shows(word);
    await loaded(screen);
    shown.push(screen.text());
  }
  await expect(shown.join('\n----\n')).toMatchFileSnapshot('german-screens.txt');
});

test('Persian screens at 80 columns are as they were looked at', async () => {
  await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24 });
  await screen.shows('All is well');
  await speak('fa');
  await loadTextOrder();
  screen.running.touch();
  const shown: string[] = [];
  for (const keys of ['1', '2', '4c', '\x1b4M', '\x1b5R', '\x1b7']) {
    screen.press(...keys);
    await loaded(screen);
    shown.push(screen.text());
  }
  await expect(shown.join('\n----\n')).toMatchFileSnapshot('persian-screens.txt');
});

test('a hint of a key is not the name of keys, though English has one word for both', async () => {
  await speak('de');
  expect(spoken('keys')).toBe('Schlüssel');
  expect(texts.workbench.doors[1]?.words).toBe('Tasten');
});

test('columns of spans fit in every language', async () => {
  expect(momentCells('ago', 10)).toBe(10);
  await speak('fa');
  for (const seconds of [3, 59, 59 * 60, 23 * 3600, 400 * 86_400]) {
    expect(wordAgo(0, seconds * 1000).length).toBeLessThanOrEqual(momentCells('ago', 10));
    expect(wordAhead(seconds * 1000, 0).length).toBeLessThanOrEqual(momentCells('ahead', 9));
  }
});

test('the option comes before KEDGE_LANGUAGE, that before the setting, and that before the system', () => {
  const system = { LANG: 'de_AT.UTF-8', LC_MESSAGES: '' };
  expect(chooseLanguage(undefined, {}, 'auto')).toBe('en');
  expect(chooseLanguage(undefined, system, 'auto')).toBe('de');
  expect(chooseLanguage(undefined, { ...system, LC_ALL: 'C' }, 'auto')).toBe('en');
  expect(chooseLanguage(undefined, system, 'en')).toBe('en');
  expect(chooseLanguage(undefined, { ...system, KEDGE_LANGUAGE: 'de' }, 'en')).toBe('de');
  expect(chooseLanguage('en', { KEDGE_LANGUAGE: 'de' }, 'de')).toBe('en');
  expect(languageOf('fr_FR')).toBeUndefined();
});

test('of two choices soon after each other the last one is spoken, also when the first is still loaded', async () => {
  vi.resetModules();
  const { speak: speakAnew } = await import('../../tui/texts/speak.ts');
  const { texts: words } = await import('../../tui/texts/texts.ts');
  await Promise.all([speakAnew('de'), speakAnew('en')]);
  expect(words.workbench.close).toBe('Close');
  await speakAnew('de');
  expect(words.workbench.close).not.toBe('Close');
});
