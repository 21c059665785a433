import { failureOf } from '../../../protocol/failures.ts';
import { serviceFollowLog } from '../../../protocol/methods/service.ts';
import { logText } from '../../store/log-text.ts';
import { sanitised } from '../../store/sanitise.ts';
import { type ShownLog, withPage } from '../../store/shown-log.ts';
import type { Loaded, UiState } from '../../store/ui-state.ts';
import { waitFor } from '../../store/wait-for.ts';
import type { Bench } from '../bench.ts';

export const logRegion = 'services.log';
/** In one answer; each makes one frame, however many lines there are. */
const linesAtOnce = 1_000;

/** Reads on in the log of a service until it is not shown any more, also over a connection that is lost. */
export async function followServiceLog(
  bench: Bench,
  service: string,
  signal: AbortSignal,
): Promise<void> {
  const put = (serviceLog: Loaded<ShownLog>): void => {
    if (!signal.aborted) bench.updateUi((ui) => ({ ...ui, data: { ...ui.data, serviceLog } }));
  };
  if (known(bench.model().ui, service) === undefined) put({ kind: 'loading', about: service });
  while (!signal.aborted) {
    const { connection } = bench.session.store.get();
    try {
      const cursor = known(bench.model().ui, service)?.cursor;
      const query = { service, lines: linesAtOnce, ...(cursor === undefined ? {} : { cursor }) };
      const answer = await bench.session.call(serviceFollowLog, query, signal);
      const page = sanitised({ ...answer, lines: answer.lines.map(logText) });
      const { ui } = bench.model();
      const before = known(ui, service);
      if (before !== undefined && page.lines.length === 0 && !page.gap) continue;
      const value = withPage(before, page, ui.places[logRegion] !== undefined);
      put({ kind: 'ready', about: service, value });
    } catch (error) {
      const failure = sanitised(failureOf(error));
      if (failure.code !== 'kedge-unreachable')
        return put({ kind: 'failed', about: service, failure });
      await nextConnection(bench, connection, signal).catch(() => undefined);
    }
  }
}

function known(ui: UiState, service: string): ShownLog | undefined {
  const { serviceLog: log } = ui.data;
  return log?.kind === 'ready' && log.about === service ? log.value : undefined;
}

async function nextConnection(bench: Bench, last: object, signal: AbortSignal): Promise<void> {
  await waitFor(
    bench.session.store,
    ({ connection }) => (connection.kind === 'open' && connection !== last ? true : undefined),
    signal,
  );
}
