import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

const driver = fileURLToPath(new URL('drive.py', import.meta.url));

export interface TerminalOrder {
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly columns: number;
  readonly rows: number;
  /** Texts that are waited for in turn; when each appeared is answered. */
  readonly marks: readonly string[];
  /** Pressed first, not measured. */
  readonly go: readonly string[];
  readonly keys: readonly string[];
  /** For so long, after the keys, nothing is pressed. */
  readonly watchSeconds: number;
  readonly quit: string;
}

const TerminalRun = z.object({
  /** After the start of the program. */
  marksMs: z.array(z.number()),
  moved: z.array(z.object({ bytes: z.number(), firstByteMs: z.number() })),
  memoryMebibytes: z.number(),
  /** Memory once a second. */
  watched: z.object({
    bytes: z.number(),
    processorSeconds: z.number(),
    memoryMebibytes: z.array(z.number()),
  }),
});
export type TerminalRun = z.infer<typeof TerminalRun>;

/** Runs a program in a pseudo-terminal, which Node can't make by itself. */
export async function runInTerminal(
  order: TerminalOrder,
  signal: AbortSignal,
): Promise<TerminalRun> {
  const child = spawn('python3', [driver, JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    signal,
  });
  let answer = '';
  child.stdout.on('data', (text) => {
    answer += String(text);
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`the terminal ended with ${code}`);
  return TerminalRun.parse(JSON.parse(answer));
}
