import { type ConfigChange, changesBetween } from '../../../protocol/domain/config-change.ts';
import { failureOf } from '../../../protocol/failures.ts';
import { configChange, configGet, configTry } from '../../../protocol/methods/config.ts';
import { valueOfText } from '../../host/settings/edit-jsonc.ts';
import { sanitised } from '../../store/sanitise.ts';
import { peopleTexts, texts } from '../../texts/texts.ts';
import type { Bench } from '../bench.ts';
import { showInForm } from './ask-entry-changes.ts';
import { type EntryPage, entryForm, entryPage } from './forms/config-form.ts';
import { valueIn } from './forms/draft.ts';
import { draftChanges, openEntry } from './forms/entry-draft.ts';
import { missingIn } from './forms/form-rows.ts';
import { loadConfig } from './load-config.ts';

const words = texts.forms;

/**
 * Only against what was read: where something else changed in the file meanwhile, this goes on top of it; where the
 * entry itself did, that is asked. `over`: it was.
 */
export async function saveEntry(bench: Bench, over: boolean): Promise<void> {
  const page = entryPage(bench.model());
  const form = entryForm(bench.model());
  if (page === undefined || form === undefined) return;
  const changes = draftChanges(page);
  if (changes.length === 0) return bench.notify('muted', words.unchanged);
  const [missing] = missingIn(form.rows);
  if (missing !== undefined) return bench.notify('warning', words.missing(missing.title));
  const { problems } = await bench.session.call(configTry, { changes });
  const [problem] = problems;
  if (problem !== undefined) return bench.notify('warning', words.notSaved(problem.message));
  try {
    await bench.session.call(configChange, { changes, revision: page.revision });
    saved(bench, page);
  } catch (error) {
    const { code, params } = failureOf(error);
    if (!code.startsWith('config-changed')) throw error;
    await saveOverOthers(bench, page, over, params['who']);
  }
}

async function saveOverOthers(
  bench: Bench,
  page: EntryPage,
  over: boolean,
  who: unknown,
): Promise<void> {
  const { text, revision } = await bench.session.call(configGet, {});
  const theirs = valueIn(sanitised(valueOfText(text)), page.path);
  const between = changesBetween(page.read, theirs, page.path);
  if (!over && between.length > 0) return askWhose(bench, page, between, who);
  // Of what somebody else changed in it, only what was changed here too is put back.
  await bench.session.call(configChange, { changes: draftChanges(page), revision });
  saved(bench, page);
}

function askWhose(
  bench: Bench,
  { path }: EntryPage,
  between: readonly ConfigChange[],
  who: unknown,
): void {
  bench.ask({
    title: words.changed.title(path.join('.')),
    body: [
      ...(typeof who === 'string' ? [peopleTexts.savedBy(who)] : []),
      words.changed.body,
      ...between.slice(0, 8).map((change) => `  ${wordChange(change)}`),
    ],
    tone: 'warning',
    buttons: [
      { label: words.changed.goOn },
      { label: words.changed.takeTheirs, action: { command: 'settings.take-theirs' } },
      {
        label: words.changed.saveMine,
        action: { command: 'settings.save-entry', args: { over: true } },
      },
    ],
  });
}

function wordChange(change: ConfigChange): string {
  const value = 'value' in change ? JSON.stringify(change.value) : words.notSet;
  return `${change.path.join('.')}: ${value}`;
}

/** What stands in the file now, instead of what was entered here. */
export async function takeTheirs(bench: Bench): Promise<void> {
  const page = entryPage(bench.model());
  if (page === undefined) return;
  const { text, revision } = await bench.session.call(configGet, {});
  const theirs = valueIn(sanitised(valueOfText(text)), page.path);
  loadConfig(bench);
  if (theirs === undefined) return showInForm(bench, page.path.join('.'));
  openEntry(bench, { path: page.path, read: theirs, draft: theirs, revision });
}

function saved(bench: Bench, { path, read }: EntryPage): void {
  const id = path.join('.');
  const [section, name] = path;
  showInForm(bench, id);
  loadConfig(bench);
  bench.notify('ok', words.kept(id));
  if (section !== 'stores' || read !== undefined) return;
  bench.ask({
    title: words.newStore.title,
    body: [words.newStore.body],
    tone: 'plain',
    buttons: [
      { label: words.newStore.later },
      {
        label: words.newStore.mark,
        action: { command: 'destination.prepare', args: { store: name } },
      },
    ],
  });
}
