import { configDescribe, configGet } from '../../../protocol/methods/config.ts';
import { valueOfText } from '../../host/settings/edit-jsonc.ts';
import { mayAsk } from '../../store/role-of.ts';
import type { Bench } from '../bench.ts';

/** Reads the configuration again, as it is shown and edited. */
export function loadConfig(bench: Bench): void {
  if (!mayAsk(bench.model().state, configGet)) return;
  const revision = bench.model().state.snapshot?.configRevision ?? '';
  bench.load('config', revision, async () => {
    const { text, ...read } = await bench.session.call(configGet, {});
    return { ...read, values: valueOfText(text) };
  });
}

/** What may stand in it. */
export function loadSchema(bench: Bench): void {
  bench.load('schema', 'all', async () => (await bench.session.call(configDescribe, {})).schema);
}
