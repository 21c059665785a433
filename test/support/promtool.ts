import { spawnSync } from 'node:child_process';

/** What `promtool check metrics` has to say of a text; '' is praise. */
export function promtoolSays(text: string): string {
  const { stdout, stderr, status } = spawnSync('promtool', ['check', 'metrics'], {
    input: text,
    encoding: 'utf8',
  });
  return status === 0 ? `${stdout}${stderr}`.trim() : `status ${status}: ${stdout}${stderr}`;
}
