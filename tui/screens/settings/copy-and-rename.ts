import * as z from 'zod';
import type { ConfigPath } from '../../../protocol/domain/config-change.ts';
import { texts } from '../../texts/texts.ts';
import type { Bench } from '../bench.ts';
import { askRename } from './ask-entry-changes.ts';
import { entryPath, inDraft } from './entry-place.ts';
import { entryPage, readConfig } from './forms/config-form.ts';
import { putIn, renameIn, valueIn } from './forms/draft.ts';
import { changeEntry, isDirty, openEntry } from './forms/entry-draft.ts';
import { freeName, nameProblem, namesAt } from './forms/entry-names.ts';

const words = texts.forms;

/** `path` absent: of the row that is selected, or else the entry that is open. `text`: the name that was typed. */
export const Named = z.object({
  path: z.array(z.union([z.string(), z.number()])).optional(),
  text: z.string().optional(),
  whole: z.literal(true).optional(),
});
type Named = z.infer<typeof Named>;

/** The same under another name, to be changed and saved. */
export function copyEntry(bench: Bench, asked: Named): void {
  const path = asked.path ?? entryPath(bench, asked.whole);
  const read = readConfig(bench.model());
  if (path === undefined || read === undefined) {
    bench.notify('warning', words.noEntry);
    return;
  }
  const page = entryPage(bench.model());
  const values = page === undefined ? read.values : putIn(read.values, page.path, page.draft);
  const section = path.slice(0, -1);
  const name = path.at(-1);
  const value = valueIn(values, path);
  if (typeof name === 'number') {
    copyItem(bench, path, value);
    return;
  }
  const names = namesAt(read.schema, values, section);
  if (names === undefined) {
    bench.notify('warning', words.noEntry);
    return;
  }
  if (inDraft(bench, path) === undefined && page !== undefined && isDirty(page)) {
    bench.notify('warning', words.saveFirst);
    return;
  }
  const title = words.names.copy(String(name));
  if (asked.text === undefined) {
    const text = freeName(String(name), values, section);
    askName(bench, 'settings.copy-entry', path, { title, text });
    return;
  }
  const to = asked.text.trim();
  const note = nameProblem(to, values, section, names.pattern);
  if (note !== undefined) {
    askName(bench, 'settings.copy-entry', path, { title, text: to, note });
    return;
  }
  const at = inDraft(bench, [...section, to]);
  if (at !== undefined) {
    changeEntry(bench, (one) => ({ ...one, draft: putIn(one.draft, at, value) }));
    return;
  }
  const { revision } = read;
  openEntry(bench, { path: [...section.map(String), to], draft: value, revision });
}

function copyItem(bench: Bench, path: ConfigPath, value: unknown): void {
  const above = path.slice(0, -1);
  changeEntry(bench, (page) => {
    const at = above.slice(page.path.length);
    const items = valueIn(page.draft, at);
    return {
      ...page,
      draft: putIn(page.draft, [...at, Array.isArray(items) ? items.length : 0], value),
    };
  });
}

/** Also where it is named, and at once: what names it must not point to nothing. */
export async function renameEntry(bench: Bench, asked: Named): Promise<void> {
  const path = asked.path ?? entryPath(bench, asked.whole) ?? [];
  const read = readConfig(bench.model());
  const name = String(path.at(-1));
  const page = entryPage(bench.model());
  const values = page === undefined ? read?.values : putIn(read?.values, page.path, page.draft);
  const names = namesAt(read?.schema ?? {}, values, path.slice(0, -1));
  if (names === undefined) {
    bench.notify('warning', words.noEntry);
    return;
  }
  const title = words.names.rename(name);
  if (asked.text === undefined) {
    askName(bench, 'settings.rename-entry', path, { title, text: name });
    return;
  }
  const to = asked.text.trim();
  if (to === name) return;
  const note = nameProblem(to, values, path.slice(0, -1), names.pattern);
  if (note !== undefined) {
    askName(bench, 'settings.rename-entry', path, { title, text: to, note });
    return;
  }
  const at = inDraft(bench, path);
  if (at !== undefined) {
    changeEntry(bench, (one) => ({ ...one, draft: renameIn(one.draft, at, to) }));
    return;
  }
  if (page !== undefined && page.read === undefined) {
    // Not saved yet: it gets another name before it is.
    changeEntry(bench, (one) => ({ ...one, path: [...one.path.slice(0, -1), to] }));
    return;
  }
  if (page !== undefined && isDirty(page)) {
    bench.notify('warning', words.saveFirst);
    return;
  }
  await askRename(bench, path.map(String), to);
}

function askName(
  bench: Bench,
  command: string,
  path: ConfigPath,
  asked: { readonly title: string; readonly text: string; readonly note?: string | undefined },
): void {
  const { title, text, note = words.names.letters } = asked;
  bench.enter({ title, note, text, action: { command, args: { path } } });
}
