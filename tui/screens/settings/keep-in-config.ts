import type { ConfigChange } from '../../../protocol/domain/config-change.ts';
import { type Failure, failureOf } from '../../../protocol/failures.ts';
import { configChange, configGet, configTry } from '../../../protocol/methods/config.ts';
import { valueOfText } from '../../host/settings/edit-jsonc.ts';
import { sanitised } from '../../store/sanitise.ts';
import { peopleTexts, texts } from '../../texts/texts.ts';
import { wordFailure } from '../../texts/word-failure.ts';
import type { Bench } from '../bench.ts';
import { readConfig } from './forms/config-form.ts';
import { valueIn } from './forms/draft.ts';
import type { FormRow } from './forms/form-rows.ts';
import { loadConfig } from './load-config.ts';

/** One value: checked by Kedge first, and saved only against the revision that was read. What stands against it. */
export async function keepInConfig(
  bench: Bench,
  { id, path }: FormRow,
  value: unknown,
): Promise<string | undefined> {
  const config = readConfig(bench.model());
  if (config === undefined) return texts.workbench.loading;
  const changes: readonly ConfigChange[] = [
    value === undefined ? { kind: 'remove', path } : { kind: 'set', path, value },
  ];
  const { problems } = await bench.session.call(configTry, { changes });
  const [first] = problems;
  const own = problems.find(({ message }) => message.startsWith(`${id}: `));
  if (own !== undefined) return own.message.slice(id.length + 2);
  if (first !== undefined) return first.message;
  try {
    await bench.session.call(configChange, { changes, revision: config.revision });
    return undefined;
  } catch (error) {
    const { text } = await bench.session.call(configGet, {});
    return tooLate(failureOf(error), valueIn(sanitised(valueOfText(text)), path));
  } finally {
    loadConfig(bench);
  }
}

/** Somebody saved meanwhile: what stands there now is shown, and what was typed can be saved over it. */
function tooLate(failure: Failure, now: unknown): string {
  const { message } = wordFailure(failure);
  if (!failure.code.startsWith('config-changed')) return message;
  return `${message}. ${peopleTexts.thereNow(now === undefined ? undefined : JSON.stringify(now))}`;
}
