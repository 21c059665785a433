import { KedgeError } from '../../../protocol/failures.ts';
import { kedgeStop } from '../../../protocol/methods/setup.ts';
import { waitForEnd } from '../../host/wait-for-process.ts';
import { demoTexts } from '../../texts/english/demo-texts.ts';
import type { CommandContext } from '../command.ts';
import { defineCommand } from '../define-command.ts';

export const demoStopCommand = defineCommand('demo.stop', {
  cli: ['demo', 'stop'],
  args: [],
  when: 'demo',
  danger: 'confirm',
  examples: ['kedge demo stop'],
  async run(context) {
    const home = await stopDemo(context);
    return { kind: 'data', data: { home }, lines: [demoTexts.stopped, demoTexts.data(home)] };
  },
});

/** Its services get up to a minute to stop. */
const stopTimeoutMs = 75_000;

/** Stops the demo's Kedge, waits until it and all its services are gone, and answers where its data lies. */
export async function stopDemo({
  call,
  store,
  signal,
}: Pick<CommandContext, 'call' | 'store' | 'signal'>): Promise<string> {
  const { connection, snapshot } = store.get();
  if (snapshot?.demo === undefined)
    throw new KedgeError('unavailable', { what: 'demo stop', why: demoTexts.notADemo });
  const daemon = connection.kind === 'open' ? [connection.session.pid] : [];
  const services = snapshot.services.flatMap((service) => service.pid ?? []);
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(stopTimeoutMs)]);
  await call(kedgeStop, {}, deadline);
  await waitForEnd([...daemon, ...services], deadline);
  return snapshot.demo.home;
}
