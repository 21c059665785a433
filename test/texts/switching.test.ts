import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { chooseLanguage, languageOf } from '../../tui/texts/choose-language.ts';
import { speak } from '../../tui/texts/speak.ts';
import { answerEverything } from '../support/answer-everything.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';
import { openTestWorkbench } from '../support/test-workbench.ts';

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
    await screen.settled();
    shown.push(screen.text());
  }
  await expect(shown.join('\n----\n')).toMatchFileSnapshot('german-screens.txt');
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
  const { texts } = await import('../../tui/texts/texts.ts');
  await Promise.all([speakAnew('de'), speakAnew('en')]);
  expect(texts.workbench.close).toBe('Close');
  await speakAnew('de');
  expect(texts.workbench.close).not.toBe('Close');
});
