import { parseArgs } from 'node:util';
import { KedgeError } from '../protocol/failures.ts';

/** What stands behind "kedge daemon". */
export interface DaemonWords {
  readonly help: boolean;
  readonly demo: boolean;
  /** Of a demo that is made: its database in a server. */
  readonly postgres: boolean;
  /** Removes the demo, and that is all. */
  readonly removeDemo: boolean;
}

export const daemonHelp = `Usage: kedge daemon

Runs Kedge's daemon in the foreground until SIGTERM or SIGINT ends it. The folder that KEDGE_HOME names holds its
configuration, kedge.jsonc; "kedge init" writes one. "kedge install" makes it a service of systemd.`;

/** Throws `bad-argument` for others. */
export function readDaemonWords(args: readonly string[]): DaemonWords {
  const flag = { type: 'boolean', default: false } as const;
  const options = {
    help: { ...flag, short: 'h' },
    demo: flag,
    postgres: flag,
    'remove-demo': flag,
  } as const;
  const { values, tokens } = parseArgs({
    args: [...args],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === 'option' && Object.hasOwn(options, token.name)) continue;
    if (token.kind === 'option-terminator') continue;
    const what = token.kind === 'option' ? token.rawName : token.value;
    throw new KedgeError('bad-argument', { what, problem: '"kedge daemon" does not take it' });
  }
  return {
    help: values.help === true,
    demo: values.demo === true,
    postgres: values.postgres === true,
    removeDemo: values['remove-demo'] === true,
  };
}
