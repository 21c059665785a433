import * as z from 'zod';
import { failureOf } from '../../../protocol/failures.ts';
import type { Bench, Model, UiCommand } from '../../screens/bench.ts';
import type { Offer } from '../../store/overlay-state.ts';
import { serverTexts, texts } from '../../texts/texts.ts';
import type { ConnectionHost, ServerOffer } from './connection-host.ts';

const words = serverTexts.commands;
const category = serverTexts.group;
const Server = z.object({ server: z.string().optional() });

/** Connecting again, to another server, and getting a Kedge here to run. */
export function connectionCommands(host: ConnectionHost | undefined): readonly UiCommand[] {
  return [
    {
      id: 'connection.retry',
      title: texts.workbench.commands.retryConnection,
      category,
      disabledReason: whileLost,
      run: async (bench) => await retry(bench, host),
    },
    {
      id: 'connection.choose',
      title: words.connect,
      category,
      disabledReason: () => (host === undefined ? serverTexts.picker.none : undefined),
      run: (bench) => choose(bench, host),
    },
    {
      id: 'connection.go',
      title: words.go,
      category,
      internal: true,
      run(bench, args) {
        host?.goTo(Server.parse(args).server);
        bench.leave(0);
      },
    },
    here('kedge.start', words.start, host, async (bench, { start }) => {
      bench.notify('muted', serverTexts.away.starting);
      await start();
    }),
    here('kedge.init', words.init, host, async (bench, { run }) => {
      await bench.suspend(async () => await run(['init']));
    }),
    here('kedge.demo', words.demo, host, async (bench, { run }) => {
      await bench.suspend(async () => await run(['demo']));
    }),
  ];
}

type Here = NonNullable<ConnectionHost['here']>;

function here(
  id: string,
  title: string,
  host: ConnectionHost | undefined,
  act: (bench: Bench, here: Here) => Promise<void>,
): UiCommand {
  return {
    id,
    title,
    category,
    disabledReason: (model) => (host?.here === undefined ? serverTexts.onlyHere : noNeed(model)),
    async run(bench) {
      if (host?.here === undefined) return;
      await act(bench, host.here);
      bench.session.client.retryNow();
    },
  };
}

/** A Kedge that protects something already needs none of these. */
function noNeed({ state }: Model): string | undefined {
  const configured = state.connection.kind === 'open' && state.snapshot?.application !== undefined;
  return configured ? texts.workbench.kedgeOk : undefined;
}

function whileLost({ state }: Model): string | undefined {
  return state.connection.kind === 'open' ? texts.workbench.kedgeOk : undefined;
}

async function retry(bench: Bench, host: ConnectionHost | undefined): Promise<void> {
  const { ask } = host ?? {};
  try {
    if (ask !== undefined) await bench.suspend(ask);
  } catch (error) {
    // Who turned away knows it.
    if (failureOf(error).code !== 'cancelled') throw error;
  } finally {
    bench.session.client.retryNow();
  }
}

function choose(bench: Bench, host: ConnectionHost | undefined): void {
  if (host === undefined) return;
  const { picker } = serverTexts;
  const offers = host.offers().map((offer) => offerOf(offer, host.server));
  if (offers.length === 0) bench.notify('muted', picker.none);
  bench.choose({ title: picker.title, offers: [thisMachine(host), ...offers] });
}

function thisMachine({ server }: ConnectionHost): Offer {
  const { thisMachine: title, here: shown } = serverTexts.picker;
  const action = { command: 'connection.go' };
  return server === undefined
    ? { title, detail: '', disabled: shown, action }
    : { title, detail: '', action };
}

function offerOf({ name, where, address }: ServerOffer, current: string | undefined): Offer {
  const { picker } = serverTexts;
  const detail = [address, picker[where]].filter((part) => part !== undefined).join('  ');
  const offer = {
    title: name,
    detail,
    action: { command: 'connection.go', args: { server: name } },
  };
  return name === current ? { ...offer, disabled: picker.here } : offer;
}
