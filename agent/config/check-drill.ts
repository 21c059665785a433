import type { Config } from './config.ts';
import type { DrillProbeSettings } from './drill-settings.ts';
import type { ConfigFault } from './parse-config.ts';

const place = ['drill', 'probe'] as const;

/**
 * A probe that does not say where the copy is would start against the live data, and one whose port is fixed may
 * hear the live application answer: neither would prove anything.
 */
export function checkDrill({ drill, sources }: Config): readonly ConfigFault[] {
  const probe = drill?.probe;
  if (probe === undefined) return [];
  const names = Object.keys(sources);
  const used = placeholdersIn([...probe.command, ...Object.values(probe.environment ?? {})]);
  return [
    ...absoluteProgram(probe),
    ...unknownNames(probe, names),
    ...(names.some((name) => used.has(name))
      ? []
      : [
          fault(
            'command',
            `none of {${names.join('}, {')}} is in it: it would not run on the copy`,
          ),
        ]),
    ...(used.has('port') ? [] : [fault('command', '{port} is missing in it')]),
    ...(placeholdersIn([probe.ready.url]).has('port')
      ? []
      : [fault('ready', '{port} is missing in its url: the live application could answer')]),
  ];
}

function absoluteProgram({ command: [program = ''] }: DrillProbeSettings): ConfigFault[] {
  return program.startsWith('/') ? [] : [fault('command', 'it must begin with an absolute path')];
}

function unknownNames(
  { command, environment = {}, ready }: DrillProbeSettings,
  sources: readonly string[],
): ConfigFault[] {
  const known = new Set(['port', ...sources]);
  const used = placeholdersIn([...command, ...Object.values(environment), ready.url]);
  return [...used]
    .filter((name) => !known.has(name))
    .map((name) => fault('command', `{${name}} is neither a source nor {port}`));
}

function placeholdersIn(texts: readonly string[]): ReadonlySet<string> {
  return new Set(
    texts.flatMap((text) => [...text.matchAll(placeholder)].map(([, name = '']) => name)),
  );
}

/** As names of sources are. */
const placeholder = /\{([a-z0-9][a-z0-9-]{0,39})\}/g;

function fault(key: string, message: string): ConfigFault {
  return { path: [...place, key], message };
}
