import { dirname } from 'node:path';
import * as z from 'zod';
import { orderServices } from '../../../services/order-services.ts';
import type { ServiceSettings } from '../../../services/settings.ts';
import { fact, heading, paragraph } from './page-lines.ts';
import type { RunbookFacts } from './runbook-facts.ts';
import { shellLines } from './shell-lines.ts';

export function withKedge(facts: RunbookFacts): readonly string[] {
  const { config, newestFull, newestDifferential, key } = facts;
  const newest = newestDifferential ?? newestFull;
  const id = newest?.id.slice(0, 8) ?? 'latest';
  const [anyStore] = facts.stores;
  const folder = newest === undefined ? anyStore?.path : dirname(newest.path);
  // Nothing on this server opens what is written only, and nothing on another one knows its key.
  const here = key.writeOnly ? ['--recovery-key'] : [];
  const there = key.recoveryKey === undefined ? [] : ['--recovery-key'];
  return [
    ...heading('To recover with Kedge'),
    ...paragraph('See what is ill; what a restore would change and lose; restore; go back:'),
    ...shellLines('kedge', 'status'),
    ...shellLines('kedge', 'restore', 'plan', id, ...here),
    ...shellLines('kedge', 'restore', 'run', id, ...here),
    ...shellLines('kedge', 'undo', 'run'),
    ...paragraph(
      `Before anything is replaced it asks for the name of the application, ${JSON.stringify(config.application.name)}. Another moment: --at 'yesterday 14:00' instead of ${id}.`,
    ),
    ...(folder === undefined
      ? []
      : [
          ...paragraph('On an empty machine, with Kedge installed and the backups attached:'),
          ...shellLines('kedge', 'recover', folder, '--plan', ...there),
          ...shellLines('kedge', 'recover', folder, ...there),
        ]),
  ];
}

export function servicesInOrder({ config }: RunbookFacts): readonly string[] {
  const services = config.services ?? {};
  const order = orderServices(services);
  if (order.length === 0) return [];
  return [
    ...heading('Services'),
    ...fact('start', order.join(', then ')),
    ...fact('stop', order.toReversed().join(', then ')),
    ...order.flatMap((id) => {
      const service = services[id];
      return service === undefined
        ? []
        : fact(id, `${service.role}, ${service.manager} ${programOf(service)}`.trimEnd());
    }),
  ];
}

/** What its manager starts: the unit, or the program without its arguments: some are given passwords there. */
function programOf(service: ServiceSettings): string {
  const { unit, command, start } = StartedBy.parse(service);
  return unit ?? command?.[0] ?? start?.[0] ?? '';
}

const argv = z.array(z.string()).optional();
const StartedBy = z.object({ unit: z.string().optional(), command: argv, start: argv });
