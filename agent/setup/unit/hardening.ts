/** What Kedge needs of a machine that most services do not. */
export interface Openings {
  /** It has to do with something below /home, /root or /run/user. */
  readonly homes: boolean;
  /** The names of drives are looked up among the devices. */
  readonly devices: boolean;
  /** Folders of sources have the set-group-id bit, which a restore sets again. */
  readonly setGroup: boolean;
}

/** Lines of a unit that take away what Kedge never needs. */
export function hardening({ homes, devices, setGroup }: Openings): readonly string[] {
  return [
    'NoNewPrivileges=yes',
    'ProtectSystem=strict',
    // "yes" would hide the homes even where a path in them is to be written.
    `ProtectHome=${homes ? 'read-only' : 'yes'}`,
    ...(devices ? ['DevicePolicy=closed'] : ['PrivateDevices=yes']),
    'PrivateMounts=yes',
    'ProtectKernelTunables=yes',
    'ProtectKernelModules=yes',
    'ProtectKernelLogs=yes',
    'ProtectControlGroups=yes',
    'ProtectClock=yes',
    'ProtectHostname=yes',
    'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6',
    'RestrictNamespaces=yes',
    'RestrictRealtime=yes',
    `RestrictSUIDSGID=${setGroup ? 'no' : 'yes'}`,
    'LockPersonality=yes',
    'SystemCallArchitectures=native',
    'SystemCallFilter=@system-service',
    'SystemCallErrorNumber=EPERM',
  ];
}
