import { KedgeError } from '../../../protocol/failures.ts';
import { supportCollect } from '../../../protocol/methods/support.ts';
import { downloadTarget } from '../../host/download-target.ts';
import { openPartialFile, refuseExisting } from '../../host/partial-file.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { quoteForShell } from '../../texts/quote-for-shell.ts';
import { supportTexts } from '../../texts/texts.ts';
import type { CommandContext } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { ownFindings } from '../doctor/own-findings.ts';
import { absolutePath, flagOf, textOf } from '../read-arguments.ts';
import { table } from '../table.ts';

/** What is listed is what is written: it is in memory by then, and on no disk before somebody agrees. */
export const supportCommand = defineCommand('support.create', {
  cli: ['support'],
  args: [
    { name: 'out', kind: 'path', placeholder: 'FILE|FOLDER' },
    { name: 'yes', kind: 'flag' },
  ],
  danger: 'none',
  disabledReason: () => supportTexts.inShell,
  examples: ['kedge support', 'kedge support --out /tmp/ --yes'],
  async run(context, args) {
    const { connection } = context.store.get();
    const theirs = connection.kind === 'open' ? connection.session.kedgeVersion : undefined;
    const findings = await ownFindings(theirs);
    const { name, files, hidden, bundle } = await context.call(
      supportCollect,
      { findings: [...findings] },
      context.signal,
    );
    const bytes = Buffer.from(bundle, 'base64');
    const out = textOf(args, 'out') ?? './';
    const { final } = await downloadTarget(absolutePath(out), out.endsWith('/'), name, '');
    await refuseExisting(final);
    context.show([...listLines(files), '', ...supportTexts.leftOut(hidden), '']);
    if (!flagOf(args, 'yes')) await agreed(context, final, bytes.length);
    await write(final, bytes);
    const data = { path: final, sizeBytes: bytes.length, hidden, files };
    return { kind: 'data', data, lines: supportTexts.written(final, quoteForShell(final)) };
  },
});

function listLines(
  files: readonly { readonly name: string; readonly what: string; readonly sizeBytes: number }[],
): readonly string[] {
  const { file, size, what } = supportTexts.columns;
  return table(
    [{ title: file }, { title: size, align: 'right' }, { title: what }],
    files.map((one) => [one.name, formatBytes(one.sizeBytes), one.what]),
  );
}

/** Throws where somebody says no, and where nobody can say yes. */
async function agreed({ ask }: CommandContext, path: string, bytes: number): Promise<void> {
  const answer = await ask(supportTexts.ask(path, formatBytes(bytes)));
  if (answer === undefined) {
    throw new KedgeError('bad-argument', { what: '--yes', problem: supportTexts.needsYes });
  }
  if (!supportTexts.isYes(answer)) throw new KedgeError('cancelled');
}

/** Readable for its owner alone, whole or not at all, and never over another file. */
async function write(final: string, bytes: Uint8Array): Promise<void> {
  await using file = await openPartialFile(`${final}.part`);
  await file.restart();
  await file.append(bytes);
  await file.finish(final);
}
