import { statfs } from 'node:fs/promises';
import { errorMessage } from '../../os/error-code.ts';
import { wordBytes } from '../../os/word-bytes.ts';
import type { ProbeAnswer } from '../probe.ts';
import type { DiskProbeSettings } from '../probe-settings.ts';
import { lookAtFiles } from './look-at-files.ts';

const defaultTimeoutSeconds = 3;
/** Where neither limit is given. */
const defaultPercent = 5;

/** Whether there is room left where a service writes. */
export async function probeDisk(
  settings: DiskProbeSettings,
  signal: AbortSignal,
): Promise<ProbeAnswer> {
  const { path, timeoutSeconds: seconds = defaultTimeoutSeconds } = settings;
  try {
    const found = await lookAtFiles(() => freeOf(path), seconds, signal);
    return 'late' in found ? { ok: false, text: `${path} ${found.late}` } : judge(settings, found);
  } catch (error) {
    signal.throwIfAborted();
    return { ok: false, text: `${path} can't be looked at: ${errorMessage(error)}` };
  }
}

interface Free {
  readonly bytes: number;
  readonly percent: number;
}

async function freeOf(path: string): Promise<Free> {
  const { bsize, blocks, bfree, bavail } = await statfs(path);
  // As df counts: what only root may use is not there.
  const usable = blocks - bfree + bavail;
  return { bytes: bavail * bsize, percent: usable === 0 ? 0 : (100 * bavail) / usable };
}

function judge(settings: DiskProbeSettings, { bytes, percent }: Free): ProbeAnswer {
  const { path, minFreeBytes } = settings;
  const minFreePercent =
    settings.minFreePercent ?? (minFreeBytes === undefined ? defaultPercent : 0);
  if (minFreeBytes !== undefined && bytes < minFreeBytes)
    return { ok: false, text: `only ${wordBytes(bytes)} of ${path} are free` };
  const figure = percent < 10 ? percent.toFixed(1) : String(Math.floor(percent));
  return { ok: percent >= minFreePercent, text: `${figure} % of ${path} is free` };
}
