import { readFile } from 'node:fs/promises';
import { KedgeError } from '../../../protocol/failures.ts';
import { checkReferences } from '../../config/check-references.ts';
import type { Config } from '../../config/config.ts';
import { parseConfig } from '../../config/parse-config.ts';
import { errorCode } from '../../os/error-code.ts';
import { installedPlaces } from './install-places.ts';

export interface ConfigToUse {
  readonly config: Config | undefined;
  /** To be written, where none is there yet. */
  readonly newText?: string;
  readonly notes: readonly string[];
}

/** The installed configuration, else the one to begin with. Refuses one that is not valid. */
export async function readConfig(given: string | undefined): Promise<ConfigToUse> {
  const path = installedPlaces.config;
  const installed = await readText(path);
  if (installed !== undefined && installed.trim() !== '') {
    const isOther = given !== undefined && (await readText(given)) !== installed;
    const notes = isOther ? [`"${given}" is not used: "${path}" is there already and stays`] : [];
    return { config: parsed(path, installed), notes };
  }
  if (given === undefined)
    return {
      config: undefined,
      notes: [`there is no configuration: write "${path}", then run "kedge install" again`],
    };
  const text = await readText(given);
  if (text === undefined) throw new KedgeError('config-missing', { path: given });
  return { config: parsed(given, text), newText: text, notes: [] };
}

async function readText(path: string): Promise<string | undefined> {
  return await readFile(path, 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  });
}

function parsed(path: string, text: string): Config {
  const result = parseConfig(text, [checkReferences]);
  if (result.kind === 'valid') return result.config;
  const [first] = result.problems;
  const problem = first === undefined ? '' : `line ${first.line}: ${first.message}`;
  throw new KedgeError('config-invalid', { path, problem });
}
