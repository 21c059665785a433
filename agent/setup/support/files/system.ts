import { readFile } from 'node:fs/promises';
import { availableParallelism, freemem, release, totalmem, uptime, version } from 'node:os';
import { errorMessage } from '../../../os/error-code.ts';
import { spaceOf } from '../../../os/files.ts';
import { readMounts } from '../../../os/mount-points.ts';
import { wordBytes } from '../../../os/word-bytes.ts';
import { showProperties } from '../../../services/systemd/unit-facts.ts';
import type { SupportFacts, SupportFile } from '../facts.ts';
import { jsonFile } from '../json-file.ts';

/** The machine, as far as it bears on Kedge. */
export async function systemFiles(
  facts: SupportFacts,
  signal: AbortSignal,
): Promise<readonly SupportFile[]> {
  return [
    jsonFile('system.json', 'system, kernel, memory', {
      osRelease: (await readFile('/etc/os-release', 'utf8').catch(() => '')).split('\n'),
      kernel: `${release()} ${version()}`,
      processors: availableParallelism(),
      memory: `${wordBytes(freemem())} of ${wordBytes(totalmem())} free`,
      upSeconds: Math.round(uptime()),
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      user: process.geteuid?.(),
    }),
    jsonFile('mounts.json', 'what is mounted where, and how full it is', await mounts()),
    ...(await unitFiles(facts, signal)),
  ];
}

/** Options are left out: those of some shares hold a login. */
async function mounts(): Promise<readonly object[]> {
  const found = await readMounts();
  const real = found.filter(({ type }) => !kernels.test(type));
  return await Promise.all(
    real.map(async ({ point, type, source }) => ({
      point,
      type,
      source,
      ...(await space(point, type)),
    })),
  );
}

/** Nothing is kept on them. */
const kernels =
  /^(proc|sysfs|cgroup2?|devpts|mqueue|securityfs|debugfs|tracefs|bpf|pstore|configfs|fusectl|autofs|nsfs|ramfs|hugetlbfs|binfmt_misc|rpc_pipefs|efivarfs)$/;
/** They may not answer: each question would hold a thread. */
const remote = /^(nfs|cifs|smb|fuse|9p|ceph|glusterfs)/;

async function space(point: string, type: string): Promise<object> {
  if (remote.test(type)) return {};
  return await spaceOf(point).then(
    ({ freeBytes, totalBytes }) => ({ free: wordBytes(freeBytes), of: wordBytes(totalBytes) }),
    () => ({}),
  );
}

/** By name, as their Environment= and command lines may hold secrets. */
const properties = [
  'LoadState',
  'ActiveState',
  'SubState',
  'Result',
  'UnitFileState',
  'Type',
  'User',
  'NRestarts',
  'MainPID',
  'ExecMainStatus',
  'ActiveEnterTimestamp',
  'InactiveEnterTimestamp',
  'After',
  'Requires',
  'TriggeredBy',
  'FragmentPath',
  'DropInPaths',
  'NeedDaemonReload',
  'TimeoutStartUSec',
  'TimeoutStopUSec',
  'WatchdogUSec',
  'MemoryCurrent',
  'TasksCurrent',
];

async function unitFiles(
  { config }: SupportFacts,
  signal: AbortSignal,
): Promise<readonly SupportFile[]> {
  const named = Object.values(config?.services ?? {}).flatMap((settings) =>
    settings.manager === 'systemd' ? [settings.unit] : [],
  );
  if (named.length === 0) return [];
  const units = [...new Set(['kedge.service', ...named])];
  const shown = await showProperties(units, properties, signal).then(
    (found) =>
      Object.fromEntries([...found].map(([unit, facts]) => [unit, Object.fromEntries(facts)])),
    (error: unknown) => ({ problem: errorMessage(error) }),
  );
  return [jsonFile('units.json', 'units of systemd, without their environment', shown)];
}
