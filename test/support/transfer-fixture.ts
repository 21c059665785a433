import { hash, randomBytes, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Backup } from '../../protocol/domain/backup.ts';
import { backupCreate, backupList, backupShow } from '../../protocol/methods/backup.ts';
import { windowBytes } from '../../protocol/transfer.ts';
import { runCli } from '../../tui/cli/run-cli.ts';
import { type CuttingProxy, type LinePlan, startCuttingProxy } from './cutting-proxy.ts';
import { type Carried, type CuttingRelay, startCuttingRelay } from './cutting-relay.ts';
import { openSession, type Session } from './kedge.ts';
import { type RecordingTerminal, recordingTerminal } from './recording-terminal.ts';
import { makeSmallApplication, type SmallApplication } from './small-application.ts';
import { temporaryFolder } from './temp-folder.ts';
import { until } from './until.ts';

export const mebibyte = 1024 * 1024;

/** An application whose archive has some 12 MiB that do not pack: three windows of a transfer. */
export async function makeApplicationToMove(folder: string): Promise<SmallApplication> {
  const app = await makeSmallApplication(folder);
  writeFileSync(join(app.uploads, 'scan.bin'), randomBytes(12 * mebibyte));
  return app;
}

/** Takes a backup and waits until it is verified by itself. */
export async function takeVerified(session: Session, name?: string): Promise<Backup> {
  const named = name === undefined ? {} : { name };
  const { job } = await session.call(backupCreate, { requestId: randomUUID(), ...named });
  const { state } = await session.ended(job);
  if (state.kind !== 'done' || state.result.kind !== 'backup') throw new Error(state.kind);
  const { id } = state.result.backup;
  const read = async (): Promise<Backup> =>
    (await session.call(backupShow, { backup: { kind: 'id', id } })).backup;
  await until(async () => (await read()).proof.kind === 'verified', 60_000);
  return await read();
}

export async function listed(socket: string): Promise<readonly Backup[]> {
  using session = await openSession(socket);
  return (await session.call(backupList, { offset: 0, limit: 100 })).backups;
}

/** A line to Kedge that breaks or is slow as it is told, gone when the test ends. */
export async function lineTo(
  kedge: { readonly socket: string },
  ...plans: readonly LinePlan[]
): Promise<CuttingProxy> {
  return await startCuttingProxy(kedge.socket, join(temporaryFolder(), 's'), plans);
}

const cutAfterBytes = mebibyte;

/** A line that is cut three times, each time when a MiB more has arrived safely. */
export async function lineCutThreeTimes(kedge: { readonly socket: string }): Promise<CuttingRelay> {
  const cuts = [cutAfterBytes, cutAfterBytes, cutAfterBytes];
  return await startCuttingRelay(kedge.socket, join(temporaryFolder(), 's'), cuts);
}

/** Each connection went on from no less than what was safe and no more than what was sent; at most a window came twice. */
export function expectResumed(carried: readonly Carried[], sizeBytes: number): void {
  expect(carried.length).toBe(4);
  expect(carried[0]?.from).toBe(0);
  for (const [nth, next] of carried.entries()) {
    const before = carried[nth - 1];
    if (before === undefined) continue;
    expect(before.acknowledged).toBeGreaterThanOrEqual(cutAfterBytes);
    expect(next.from).toBeGreaterThanOrEqual(before.from + before.acknowledged);
    expect(next.from).toBeLessThanOrEqual(before.from + before.passed);
    expect(before.from + before.passed - next.from).toBeLessThanOrEqual(windowBytes);
  }
  const last = carried.at(-1);
  expect((last?.from ?? 0) + (last?.passed ?? 0)).toBe(sizeBytes);
}

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The command line, in this process. */
export async function kedgeAt(
  socket: string,
  argv: readonly string[],
  recorded: RecordingTerminal = recordingTerminal(),
): Promise<Ran> {
  const code = await runCli(['--socket', socket, ...argv], recorded.terminal);
  return { code, out: recorded.out(), err: recorded.err() };
}

export function sha256Of(path: string): string {
  return hash('sha256', readFileSync(path));
}

/** Names in a folder, the marker of a store apart. */
export function namesIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name !== '.kedge-store.json')
    .sort();
}

/** Changes one byte in the middle of a file. */
export function flipByte(path: string): void {
  const bytes = readFileSync(path);
  const middle = bytes.length >> 1;
  bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
  writeFileSync(path, bytes);
}
