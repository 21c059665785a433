import type { Config } from '../../config/config.ts';
import { openSource } from '../../sources/source-kinds.ts';
import { type Capability, capabilitiesFor } from './capabilities.ts';
import { hardening } from './hardening.ts';
import { pathsOf } from './source-access.ts';
import type { UnitOrder } from './unit-order.ts';
import { type WritablePath, writablePaths } from './writable-paths.ts';

/**
 * Kedge's own unit. `systemd-analyze security` says 3.0 at the most of it; no MemoryDenyWriteExecute, as
 * JavaScript is compiled at run time.
 */
export function unitText(order: UnitOrder): string {
  const { config, user, groups, program, access } = order;
  const capabilities = capabilitiesFor(access);
  const writable = writablePaths(config);
  const names = capabilities.map(({ name }) => name).join(' ');
  const hasOwnProcesses = Object.values(config.services ?? {}).some(
    ({ manager }) => manager !== 'systemd',
  );
  const hasDrives = Object.values(config.stores).some(({ removable }) => removable === true);
  const lines = [
    '# Made by "kedge install", which makes it anew: put changes into a drop-in ("systemctl edit kedge").',
    '[Unit]',
    `Description=Kedge, backup and restore of ${oneLine(config.application.name)}`,
    // A recovery needs the sources, wherever they are mounted from.
    'After=network.target remote-fs.target',
    'StartLimitIntervalSec=300',
    'StartLimitBurst=5',
    '',
    '[Service]',
    'Type=notify',
    // Told through systemd-notify, which is a process of its own.
    'NotifyAccess=all',
    `ExecStart=${program} daemon`,
    `User=${user}`,
    `Group=${user}`,
    ...(groups.length === 0 ? [] : [`SupplementaryGroups=${groups.join(' ')}`]),
    'Restart=on-failure',
    'RestartSec=2',
    'RestartPreventExitStatus=78',
    'WatchdogSec=30',
    // Both are extended while a recovery or the end of a restore goes on.
    'TimeoutStartSec=180',
    'TimeoutStopSec=90',
    // A service that Kedge started as a process outlives it.
    `KillMode=${hasOwnProcesses ? 'process' : 'mixed'}`,
    'LimitCORE=0',
    'UMask=0077',
    'StateDirectory=kedge',
    'StateDirectoryMode=0700',
    'RuntimeDirectory=kedge',
    // The sockets in it have modes of their own.
    'RuntimeDirectoryMode=0755',
    '',
    ...capabilities.flatMap(({ name, reasons }) =>
      reasons.map((reason) => `# ${name}: ${oneLine(reason)}`),
    ),
    `CapabilityBoundingSet=${names}`,
    `AmbientCapabilities=${names}`,
    ...secureBits(config, capabilities),
    ...writable.flatMap(({ path, reason }) => [
      `# ${oneLine(reason)}`,
      `ReadWritePaths=-${quoted(path)}`,
    ]),
    ...hardening({
      homes: touchesHomes(config, writable),
      devices: hasDrives,
      setGroup: access.some(({ setGroup }) => setGroup !== undefined),
    }),
    '',
    '[Install]',
    'WantedBy=multi-user.target',
  ];
  return `${lines.join('\n')}\n`;
}

/** With them access(2) goes by the capabilities that a program has; nothing in the unit changes its user. */
function secureBits({ sources }: Config, capabilities: readonly Capability[]): readonly string[] {
  if (!capabilities.some(({ name }) => name === 'CAP_DAC_READ_SEARCH')) return [];
  const asking = Object.entries(sources).find(
    ([name, settings]) => openSource(name, settings).readByProgram === true,
  );
  if (asking === undefined) return [];
  const reason = `so that the program which copies source "${asking[0]}" sees that it may read it`;
  return [`# ${oneLine(reason)}`, 'SecureBits=no-setuid-fixup'];
}

function touchesHomes(config: Config, writable: readonly WritablePath[]): boolean {
  const programs = Object.values(config.services ?? {}).flatMap((service) => {
    if (service.manager === 'process') return [...service.command, service.folder ?? ''];
    return service.manager === 'command' ? [...service.start, service.folder ?? ''] : [];
  });
  const paths = [
    ...writable.map(({ path }) => path),
    ...Object.values(config.sources).flatMap(pathsOf),
    ...programs,
  ];
  return paths.some((path) => /^\/(home|root|run\/user)(\/|$)/.test(path));
}

/** "%" begins a specifier of systemd's. */
function quoted(path: string): string {
  const escaped = path
    .replaceAll(/[\\"]/g, String.raw`\$&`)
    .replaceAll('\n', String.raw`\n`)
    .replaceAll('%', '%%');
  return `"${escaped}"`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ').replaceAll('%', '%%');
}
