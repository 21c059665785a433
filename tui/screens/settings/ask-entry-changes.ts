import type { ConfigChange } from '../../../protocol/domain/config-change.ts';
import { failureOf } from '../../../protocol/failures.ts';
import { configChange, configTry } from '../../../protocol/methods/config.ts';
import { formatCount } from '../../texts/count.ts';
import { texts } from '../../texts/texts.ts';
import { wordFailure } from '../../texts/word-failure.ts';
import type { Bench } from '../bench.ts';
import { openPage } from '../navigate.ts';
import { refusingButton } from '../refusing-button.ts';
import { readConfig, wordOf } from './forms/config-form.ts';
import { withoutFilter } from './forms/entry-draft.ts';
import { formList } from './forms/form-page.ts';
import { type Naming, namedBy, removeEverywhere, renameEverywhere } from './forms/named-by.ts';
import { loadConfig } from './load-config.ts';

const words = texts.forms;
type Path = readonly string[];

/** What goes with an entry, and what it means, before it is taken out of the configuration. */
export async function askRemoval(bench: Bench, path: Path): Promise<void> {
  const namings = namingsOf(bench, path);
  const needed = namings.filter(({ optional }) => !optional);
  const title = words.removal.title(path.join('.'));
  if (needed.length > 0) {
    const body = [words.removal.needed, ...needed.map(placeOf), '', words.removal.firstThere];
    return bench.ask({ title, body, tone: 'warning', buttons: [{ label: texts.workbench.close }] });
  }
  await askToSave(bench, {
    ...{ title, path, label: words.commands.remove, said: words.removal.done(path.join('.')) },
    changes: removeEverywhere(namings, path),
    body: [
      ...meaning(bench, path),
      ...(namings.length === 0 ? [] : ['', words.removal.too, ...namings.map(placeOf)]),
    ],
  });
}

/** It gets its new name wherever it is named. */
export async function askRename(bench: Bench, path: Path, to: string): Promise<void> {
  const namings = namingsOf(bench, path);
  const section = path.at(-2) ?? '';
  await askToSave(bench, {
    title: words.renaming.title(path.join('.'), to),
    path: [...path.slice(0, -1), to],
    label: words.commands.rename,
    said: words.renaming.done(path.join('.'), to),
    changes: renameEverywhere(namings, path, to),
    body: [
      wordOf(words.renaming.means, section) ?? '',
      ...(namings.length === 0 ? [] : ['', words.renaming.too, ...namings.map(placeOf)]),
    ],
  });
}

function namingsOf(bench: Bench, path: Path): readonly Naming[] {
  const read = readConfig(bench.model());
  const [section = '', name = ''] = path.slice(-2);
  return read === undefined ? [] : namedBy(read.schema, read.values, section, name);
}

function placeOf({ path }: Naming): string {
  return `  ${path.join('.')}`;
}

/** What the removal of an entry does not do, in the words of its section. */
function meaning(bench: Bench, path: Path): readonly string[] {
  const [section = '', name = ''] = path.slice(-2);
  const store = bench.model().state.snapshot?.stores.find(({ id }) => id === name);
  const said = wordOf(words.removal.means, section) ?? words.removal.means['other'] ?? '';
  return section === 'stores' && store !== undefined && store.backups > 0
    ? [words.removal.backups(formatCount(store.backups), store.path), said]
    : [said];
}

interface Wish {
  readonly title: string;
  readonly label: string;
  /** When it is done. */
  readonly said: string;
  /** Selected afterwards, where it is there. */
  readonly path: Path;
  readonly changes: readonly ConfigChange[];
  readonly body: readonly string[];
}

/** Tried first: what Kedge would refuse is not asked. */
async function askToSave(bench: Bench, wish: Wish): Promise<void> {
  const { title, label, path, changes, body, said } = wish;
  const { revision = '' } = readConfig(bench.model()) ?? {};
  const { problems } = await bench.session.call(configTry, { changes });
  if (problems.length > 0) {
    const against = problems.map(({ message }) => `  ${message}`);
    const buttons = [{ label: texts.workbench.close }];
    return bench.ask({ title, body: [words.against, ...against], tone: 'warning', buttons });
  }
  const action = {
    command: 'settings.save-changes',
    args: { changes, revision, id: path.join('.'), said },
  };
  bench.ask({
    ...{ title, body, tone: 'warning' },
    buttons: [refusingButton(action.command), { label, action }],
  });
}

/** Saves changes that were agreed to, and goes back to the form. */
export async function saveChanges(
  bench: Bench,
  changes: readonly ConfigChange[],
  revision: string,
  { id, said }: { readonly id: string; readonly said: string },
): Promise<void> {
  try {
    await bench.session.call(configChange, { changes, revision });
    showInForm(bench, id);
    bench.notify('ok', said);
  } catch (error) {
    bench.notify('warning', wordFailure(failureOf(error)).message);
  } finally {
    loadConfig(bench);
  }
}

/** The form of the whole configuration, with a row selected. */
export function showInForm(bench: Bench, id: string): void {
  const list = formList('config-form');
  openPage(bench, 'settings', { kind: 'config-form' }, list);
  bench.updateUi((ui) => {
    const { selected = 0, top = 0 } = ui.places[list] ?? {};
    const places = { ...ui.places, [list]: { selected, top, key: id } };
    return { ...ui, places, lists: withoutFilter(ui.lists, list) };
  });
}
