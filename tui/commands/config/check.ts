import { KedgeError } from '../../../protocol/failures.ts';
import { type ConfigProblem, configGet, configValidate } from '../../../protocol/methods/config.ts';
import { readTextFile } from '../../host/text-file.ts';
import { reportTexts } from '../../texts/texts.ts';
import type { CommandContext } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { absolutePath, textOf } from '../read-arguments.ts';

export const configCheckCommand = defineCommand('config.check', {
  cli: ['config', 'check'],
  args: [{ name: 'file', kind: 'path', positional: true }],
  danger: 'none',
  reads: true,
  examples: ['kedge config check', 'kedge config check ./kedge.jsonc'],
  async run(context, args) {
    const file = textOf(args, 'file');
    const { path, problems } = await checked(context, file);
    refuseProblems(path, problems);
    const lines = [reportTexts.done.configValid(path)];
    return { kind: 'data', data: { path, problems }, lines };
  },
});

/** Throws `config-invalid` that names every problem with its place. */
export function refuseProblems(path: string, problems: readonly ConfigProblem[]): void {
  if (problems.length === 0) return;
  const problem = problems
    .map((one) => `line ${one.line}, column ${one.column}: ${one.message}`)
    .join('; ');
  throw new KedgeError('config-invalid', { path, problem });
}

async function checked(
  context: CommandContext,
  file: string | undefined,
): Promise<{ path: string; problems: readonly ConfigProblem[] }> {
  if (file === undefined) return await context.call(configGet, {}, context.signal);
  const path = absolutePath(file);
  const text = await readTextFile(path);
  const { problems } = await context.call(configValidate, { text }, context.signal);
  return { path, problems };
}
