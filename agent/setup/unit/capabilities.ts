import type { SourceAccess } from './source-access.ts';

export type CapabilityName =
  | 'CAP_DAC_READ_SEARCH'
  | 'CAP_CHOWN'
  | 'CAP_FOWNER'
  | 'CAP_DAC_OVERRIDE'
  | 'CAP_FSETID';

/** What Kedge may do beyond an ordinary user, and each thing that it needs it for. */
export interface Capability {
  readonly name: CapabilityName;
  readonly reasons: readonly string[];
}

/** The least that takes and restores these sources; none where all of them belong to Kedge's own user. */
export function capabilitiesFor(sources: readonly SourceAccess[]): readonly Capability[] {
  const of = (name: CapabilityName, say: (source: SourceAccess) => string | undefined) => {
    const reasons = sources.flatMap((source) => say(source) ?? []);
    return reasons.length === 0 ? [] : [{ name, reasons }];
  };
  return [
    ...of('CAP_DAC_READ_SEARCH', ({ source, unreadable }) =>
      unreadable === undefined ? undefined : `to read "${unreadable}" of source "${source}"`,
    ),
    ...of('CAP_CHOWN', ({ source, foreign }) =>
      foreign === undefined
        ? undefined
        : `to give what a restore of source "${source}" makes back to ${foreign.owner}, who owns "${foreign.path}"`,
    ),
    ...of('CAP_FOWNER', ({ source, foreign }) =>
      foreign === undefined
        ? undefined
        : `to set modes, times and ACLs of files of ${foreign.owner} when source "${source}" is restored`,
    ),
    ...of('CAP_DAC_OVERRIDE', ({ source, foreign, closed }) => {
      const path = foreign?.path ?? closed;
      return path === undefined
        ? undefined
        : `to exchange source "${source}" in folders that belong to others ("${path}")`;
    }),
    ...of('CAP_FSETID', ({ source, foreignSetGroup }) =>
      foreignSetGroup === undefined
        ? undefined
        : `to keep the set-group-id bit of "${foreignSetGroup}" of source "${source}"`,
    ),
  ];
}
