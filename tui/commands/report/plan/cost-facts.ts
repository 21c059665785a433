import type { RestorePlan } from '../../../../protocol/domain/restore.ts';
import { isExchange } from '../../../../protocol/domain/restore-order.ts';
import type { SpaceOffer } from '../../../../protocol/domain/restore-safety.ts';
import { formatBytes } from '../../../texts/bytes.ts';
import { planTexts as words } from '../../../texts/texts.ts';
import { formatDuration } from '../../../texts/time.ts';
import { type Fact, type FactGroup, labelledFact, signed } from './fact.ts';

/** Who is cut off, and what room it takes. Nothing of it where the backup is only unpacked elsewhere. */
export function costGroups(plan: RestorePlan): readonly FactGroup[] {
  const isLive = isExchange(plan.mode);
  const space = spaceFacts(plan);
  return [
    ...(isLive ? [{ title: words.services, facts: serviceFacts(plan) }] : []),
    ...(space.length === 0 ? [] : [{ title: words.space, facts: space }]),
  ];
}

function serviceFacts(plan: RestorePlan): readonly Fact[] {
  const names = (willStop: boolean) =>
    plan.services
      .filter((service) => service.willStop === willStop)
      .map(({ id }) => id)
      .join(', ');
  const [stopped, stays] = [names(true), names(false)];
  const { clients, clientsUnseen } = plan;
  return [
    signed('-', stopped === '' ? words.noneStops : words.stops(stopped)),
    ...(stays === '' ? [] : [signed('-', words.stays(stays))]),
    ...clients.map((client) => signed('-', clientWords(client, plan.createdAtMs), 'warning')),
    ...(clients.length === 0 ? [signed('-', words.noClients)] : []),
    ...(clientsUnseen === undefined ? [] : [signed('-', words.unseen(clientsUnseen), 'muted')]),
  ];
}

function clientWords(client: RestorePlan['clients'][number], nowMs: number): string {
  const { source, pid, program, user, sinceMs } = client;
  const more = [
    ...(user === undefined ? [] : [words.clientUser(user)]),
    ...(sinceMs === undefined
      ? []
      : [words.clientSince(formatDuration(Math.max(0, Math.round((nowMs - sinceMs) / 1000))))]),
  ];
  return words.client(program, pid, source, more);
}

function spaceFacts({ space, undoBytes, offers, choices }: RestorePlan): readonly Fact[] {
  return [
    ...space.map(({ path, neededBytes, freeBytes }) =>
      signed(
        '-',
        words.spaceIn(path, formatBytes(neededBytes), formatBytes(freeBytes)),
        freeBytes < neededBytes ? 'error' : 'plain',
      ),
    ),
    ...(undoBytes === undefined || undoBytes === 0
      ? []
      : [signed('-', words.undoTakes(formatBytes(undoBytes)))]),
    ...(choices?.withoutUndo === true ? [signed('!', words.undoless, 'warning')] : []),
    ...(offers ?? []).map(offerFact),
  ];
}

function offerFact({ kind, freesBytes, sources, command }: SpaceOffer): Fact {
  const bytes = formatBytes(freesBytes);
  return kind === 'without undo'
    ? signed('!', words.lastOffer(bytes, sources.join(', '), command), 'warning')
    : signed('-', words.offer(kind, bytes, command));
}

/** The backup of what is live that comes first. */
export function safetyFacts({ safety }: RestorePlan): readonly Fact[] {
  if (safety === undefined) return [];
  switch (safety.kind) {
    case 'taken': {
      const { folder, bytes, seconds, note, notes, gaps } = safety;
      const time = formatDuration(Math.max(1, Math.round(seconds)));
      return [
        labelledFact(words.safety, words.safetyTaken(folder, formatBytes(bytes), time)),
        ...gaps.map((gap) => signed('!', words.safetyGap(gap), 'warning')),
        ...[...(note === undefined ? [] : [note]), ...notes].map((one) =>
          signed('-', one, 'muted'),
        ),
      ];
    }
    case 'not needed':
      return [labelledFact(words.safety, words.safetyNone(safety.why))];
    case 'impossible':
      return [labelledFact(words.safety, words.safetyNone(safety.why), 'error')];
    case 'left out':
      return [labelledFact(words.safety, words.safetyLeftOut, 'warning')];
    default:
      return safety satisfies never;
  }
}
