import type { ConfigPath } from '../../../protocol/domain/config-change.ts';
import type { DoctorFinding } from '../../../protocol/domain/doctor.ts';
import { failureOf } from '../../../protocol/failures.ts';
import { configTest } from '../../../protocol/methods/config.ts';
import { doctorTexts, texts } from '../../texts/texts.ts';
import { wordFailure } from '../../texts/word-failure.ts';
import type { Bench } from '../bench.ts';
import { worstFirst } from './doctor-page.ts';
import { entryForm, entryPage } from './forms/config-form.ts';
import { draftChanges } from './forms/entry-draft.ts';
import { missingIn } from './forms/form-rows.ts';

const words = texts.forms;
const tested = ['sources', 'stores', 'services'] as const;

/** Whether Kedge can try what stands at a place. */
export function isTested(path: ConfigPath): boolean {
  return path.length >= 2 && tested.some((section) => section === path[0]);
}

/** Whether an entry would work as it is on the screen, saved or not. */
export async function testEntry(bench: Bench, path: ConfigPath): Promise<void> {
  const section = tested.find((one) => one === path[0]);
  const name = String(path[1]);
  if (section === undefined || path.length < 2) return bench.notify('warning', words.notTested);
  const page = entryPage(bench.model());
  const form = page === undefined ? undefined : entryForm(bench.model());
  const [missing] = missingIn(form?.rows ?? []);
  if (missing !== undefined) return bench.notify('warning', words.missing(missing.title));
  const changes = page === undefined ? [] : draftChanges(page);
  bench.notify('muted', words.testing(name));
  try {
    const { findings } = await bench.session.call(configTest, { changes, section, name });
    showFindings(bench, name, worstFirst(findings));
  } catch (error) {
    const { code, params } = failureOf(error);
    const { message, hint } = wordFailure(failureOf(error));
    // What is in force stays: only this is not valid yet.
    const isDraft = code === 'config-invalid';
    const said = isDraft ? String(params['problem']) : message;
    show(bench, name, hint === undefined || isDraft ? [said] : [said, hint], 'warning');
  }
}

function showFindings(bench: Bench, name: string, findings: readonly DoctorFinding[]): void {
  const lines = findings.flatMap(({ tone, text, cure, command }) => [
    `${doctorTexts.tones[tone]}  ${text}`,
    ...(cure === undefined ? [] : [`    ${cure}`]),
    ...(command === undefined ? [] : [`    $ ${command}`]),
  ]);
  const isBad = findings.some(({ tone }) => tone === 'bad');
  show(bench, name, lines.length === 0 ? [words.nothingFound] : lines, isBad ? 'error' : 'plain');
}

function show(
  bench: Bench,
  name: string,
  body: readonly string[],
  tone: 'plain' | 'warning' | 'error',
): void {
  const title = words.testOf(name);
  bench.ask({ title, body, tone, buttons: [{ label: texts.workbench.close }] });
}
