import type { ConfigPath } from '../../../protocol/domain/config-change.ts';
import type { Bench } from '../bench.ts';
import { entryPage } from './forms/config-form.ts';
import { selectedRowOf } from './forms/form-page.ts';
import type { FormRow } from './forms/form-rows.ts';
import { formNamed } from './forms/named-form.ts';

export function openForm(bench: Bench): 'config-form' | 'config-entry' {
  return entryPage(bench.model()) === undefined ? 'config-form' : 'config-entry';
}

export function selectedRow(bench: Bench): FormRow | undefined {
  const model = bench.model();
  const form = formNamed(model, openForm(bench));
  return form === undefined ? undefined : selectedRowOf(model, form);
}

/** Of the row that is selected, where it is an entry or item; else, or as a `whole`, of what is open. */
export function entryPath(bench: Bench, whole = false): ConfigPath | undefined {
  const page = entryPage(bench.model());
  const row = whole ? undefined : selectedRow(bench);
  if (row?.own !== undefined) return row.path;
  return page === undefined ? undefined : [...page.path, ...page.at];
}

/** The part of a path that lies in the entry that is open; undefined: it is, or holds, a whole entry. */
export function inDraft(bench: Bench, path: ConfigPath): ConfigPath | undefined {
  const page = entryPage(bench.model());
  return page !== undefined && path.length > page.path.length
    ? path.slice(page.path.length)
    : undefined;
}
