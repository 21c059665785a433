import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answerEverything } from '../support/answer-everything.ts';
import { findSetting, openConfigForm, typeSetting } from '../support/config-form-screen.ts';
import { answerConfig, clinicConfig, type FakeConfig } from '../support/fake-config.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';

let fake: FakeKedge;
let file: FakeConfig;
const [enter, esc] = ['\r', '\u001B'];

beforeEach(async () => {
  fake = await startFakeKedge();
  answerEverything(fake);
  file = answerConfig(fake, clinicConfig);
});
afterEach(async () => await fake[Symbol.asyncDispose]());

test('what is not saved is asked about before it is left', async () => {
  await using screen = await openConfigForm(fake, 80, 24);
  await findSetting(screen, 'sources.uploads');
  screen.press(enter);
  await screen.shows('As it is saved.');
  await typeSetting(screen, 'path', '/srv/other');
  screen.press(esc, esc);
  await screen.shows('Leave without saving?');
  screen.press('\t', enter);
  await screen.shows('Folder of files  /srv/clinic/uploads');
  expect(file.text).toBe(clinicConfig);
});

describe('somebody else saved meanwhile', () => {
  test('and another part of the file: it goes on top of that', async () => {
    await using screen = await openConfigForm(fake);
    await findSetting(screen, 'sources.uploads');
    screen.press(enter);
    await typeSetting(screen, 'uploads.path', '/srv/other');
    file.text = file.text.replace('"Clinic"', '"Clinic of theirs"');
    screen.press('s');
    await screen.shows('sources.uploads: kept.');
    expect(file.text).toContain('"Clinic of theirs"');
    expect(file.text).toContain('"/srv/other"');
  });

  test('and the same entry: what there is now is shown, and either can be kept', async () => {
    await using screen = await openConfigForm(fake);
    await findSetting(screen, 'sources.uploads');
    screen.press(enter);
    await typeSetting(screen, 'uploads.path', '/srv/other');
    file.text = file.text.replace('"/srv/clinic/uploads"', '"/srv/theirs"');
    screen.press('s');
    await screen.shows('sources.uploads was changed meanwhile');
    await screen.shows('sources.uploads.path: "/srv/theirs"');
    screen.press('\t', enter);
    await screen.shows('/srv/theirs');
    await screen.shows('As it is saved.');
    await typeSetting(screen, 'uploads.path', '/srv/mine');
    file.text = file.text.replace('"/srv/theirs"', '"/srv/again"');
    screen.press('s');
    await screen.shows('was changed meanwhile');
    screen.press('\t', '\t', enter);
    await screen.shows('sources.uploads: kept.');
    expect(file.text).toContain('"/srv/mine"');
  });
});
