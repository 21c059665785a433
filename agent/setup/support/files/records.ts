import type { Backup } from '../../../../protocol/domain/backup.ts';
import type { SupportFacts, SupportFile } from '../facts.ts';
import { jsonFile } from '../json-file.ts';

/** What Kedge has written down, besides what it said. */
export function recordFiles(facts: SupportFacts): readonly SupportFile[] {
  const { problems, alarms, services, health, schedules, runs, stores, space } = facts;
  const history = health.services().map((service) => ({ service, changes: health.of(service) }));
  return [
    jsonFile('doctor.json', 'what kedge doctor finds', facts.findings),
    jsonFile('problems.json', 'what is wrong now', problems),
    jsonFile('alarms.json', 'alarms, and whether they were told', alarms),
    jsonFile('services.json', 'the services and how they are', services),
    jsonFile('health-history.json', 'how the services were in the last seven days', history),
    jsonFile('schedules.json', 'schedules and their runs of 30 days', { schedules, runs }),
    jsonFile('destinations.json', 'destinations and their space', { stores, space }),
    jsonFile(
      'backups.json',
      'list of the backups: names, sizes and proofs, nothing of what is in them',
      facts.backups.map(describeBackup),
    ),
  ];
}

/** Gaps name files of the application: only how many there are is said. */
function describeBackup(backup: Backup) {
  const { id, kind, base, origin, schedule, capturedAtMs, path, store, presence } = backup;
  const { sizeBytes, contentBytes, encryption, outcome, gaps, proof, integrity, pinned } = backup;
  return {
    ...{ id, kind, base, origin, schedule, capturedAtMs, path, store, presence },
    ...{
      sizeBytes,
      contentBytes,
      encryption,
      outcome,
      gaps: gaps.length,
      proof,
      integrity,
      pinned,
    },
    copies: backup.copies?.length ?? 0,
    proven: backup.proven,
  };
}
