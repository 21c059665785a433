import type { Daemon } from '../daemon.ts';
import { kedgeVersion } from '../version.ts';
import { backupFamilies } from './backup-families.ts';
import { gauge, type MetricFamily, metricText } from './metric-text.ts';
import { processFamilies } from './process-families.ts';
import { workFamilies } from './work-families.ts';

const weekMs = 7 * 24 * 3_600_000;

/** All metrics as they are now. Cheap, however many backups there are: those are counted when they change. */
export async function readMetrics(daemon: Daemon): Promise<string> {
  const { stores, figures } = await daemon.overview.seen();
  const { state } = daemon;
  const work = workFamilies({
    schedules: daemon.schedules.list(),
    tallies: state.tallies.all(),
    missed: state.runs.missedSince(daemon.now() - weekMs),
    unfinished: state.jobs.unfinished().map(({ job }) => daemon.jobs.current(job)),
    services: daemon.services.services(),
    problems: daemon.overview.problems(),
    alarms: daemon.alarms.current(),
  });
  return metricText([
    ...identityFamilies(daemon),
    ...backupFamilies(figures, stores, daemon.now()),
    ...work,
    ...processFamilies(),
  ]);
}

function identityFamilies({ configFile, state }: Daemon): readonly MetricFamily[] {
  const application = configFile.inForce()?.application;
  const isValid = configFile.onDisk().problems.length === 0;
  return [
    gauge('kedge_up', 'Kedge runs.', 1),
    {
      name: 'kedge_info',
      type: 'gauge',
      help: 'What runs here, as labels.',
      samples: [
        {
          labels: {
            version: kedgeVersion,
            application: application?.id,
            application_name: application?.name,
            application_version: application?.version,
            installation: state.installation,
          },
          value: 1,
        },
      ],
    },
    gauge('kedge_config_valid', '1 while the configuration file can be used.', isValid ? 1 : 0),
  ];
}
