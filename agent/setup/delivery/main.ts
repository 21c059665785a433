import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { removeTree } from '../../os/files.ts';
import { toolVersion } from '../../os/tool-version.ts';
import { packFolder } from './pack.ts';
import { stageProgram } from './stage-program.ts';

/** npm run dist: dist/kedge-VERSION-linux-x64.tar.gz, of what was built. */
const checkout = join(import.meta.dirname, '../../..');
const name = `kedge-${toolVersion()}-linux-x64`;
const folder = join(checkout, 'dist', name);
const archive = `${folder}.tar.gz`;
await stageProgram(checkout, folder, new AbortController().signal);
await packFolder(folder, archive);
await removeTree(folder);
const { size } = await stat(archive);
process.stdout.write(`${archive} (${(size / 2 ** 20).toFixed(1)} MiB)\n`);
