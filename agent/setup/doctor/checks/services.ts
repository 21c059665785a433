import type { DoctorFinding } from '../../../../protocol/domain/doctor.ts';
import { wordFailure } from '../../../../protocol/failures.ts';
import { describeServices } from '../../../restore/recover-machine/find-missing.ts';
import { openManagedService } from '../../../services/managers.ts';
import type { ServiceSettings } from '../../../services/settings.ts';
import { checkOrder, type OrderMismatch } from '../../../services/systemd/check-order.ts';
import type { DoctorFacts } from '../facts.ts';
import { stands } from '../of-problem.ts';

const area = 'services';
type ServiceFacts = Pick<DoctorFacts, 'config' | 'places' | 'services' | 'problems'>;

/** That one is sick stands among the problems; here: whether it could be stopped and started. */
export async function checkServices(
  facts: ServiceFacts,
  signal: AbortSignal,
): Promise<readonly DoctorFinding[]> {
  const { config } = facts;
  const services = Object.entries(config?.services ?? {});
  if (config === undefined || services.length === 0) return [];
  const missing = await describeServices(config, []);
  const found = await Promise.all(
    services.map(async ([id, settings]) => {
      const problem = missing.find((one) => one.id === id)?.problem;
      const refused = await refusals(id, settings, facts, signal);
      return refused.length > 0 ? refused : [ofService(id, problem, facts)];
    }),
  );
  return [...found.flat(), ...(await orderFindings(config.services ?? {}, signal))];
}

async function refusals(
  id: string,
  settings: ServiceSettings,
  { places }: ServiceFacts,
  signal: AbortSignal,
): Promise<readonly DoctorFinding[]> {
  await using service = openManagedService(id, settings, {
    stateFolder: places.state,
    isGuarded: () => false,
    changed: () => undefined,
    log: () => undefined,
  });
  const failures = (await service.preflight?.(signal)) ?? [];
  return failures.map((failure): DoctorFinding => {
    const { message: text, hint } = wordFailure(failure);
    const why = 'A reset and a restore have to stop and start it.';
    const cure = hint === undefined ? {} : { cure: hint };
    return { area, tone: 'bad', thing: `service "${id}"`, text, why, ...cure };
  });
}

function ofService(
  id: string,
  problem: string | undefined,
  { services, problems }: ServiceFacts,
): DoctorFinding {
  const thing = `service "${id}"`;
  const command = `kedge service logs ${id}`;
  if (problem !== undefined) {
    const cure = 'Install what is missing, or correct the service in the configuration.';
    return { area, tone: 'bad', thing, text: problem, why: 'It can not be started.', cure };
  }
  const { health = 'unknown', why = '' } = services.find((one) => one.id === id) ?? {};
  if (health === 'unknown' && !stands(problems, `service-${id}`)) {
    const text = `what it does is not known: ${why}`;
    return { area, tone: 'advice', thing, text, cure: 'See what it says.', command };
  }
  return { area, tone: 'ok', thing, text: `${health}; Kedge can stop and start it` };
}

async function orderFindings(
  services: Readonly<Record<string, ServiceSettings>>,
  signal: AbortSignal,
): Promise<readonly DoctorFinding[]> {
  const mismatches = await checkOrder(services, signal).catch(() => []);
  return mismatches.map((mismatch): DoctorFinding => {
    const why = 'At boot systemd goes by its units, in a reset Kedge goes by the configuration.';
    const thing = `service "${mismatch.service}"`;
    return { area, tone: 'advice', thing, text: wordMismatch(mismatch), why };
  });
}

function wordMismatch(mismatch: OrderMismatch): string {
  const { kind, on } = mismatch;
  switch (kind) {
    case 'reversed':
      return `it depends on "${on}" here, and systemd starts it before that one`;
    case 'unordered':
      return `it depends on "${on}" here, and systemd starts both at once`;
    case 'undeclared':
      return `a stop of "${on}" stops it too, and "dependsOn" does not say so`;
    default:
      return kind satisfies never;
  }
}
