import { join } from 'node:path';
import { argv } from 'node:process';
import { writeArchive, writeDifferential } from './archives.ts';
import { sampleNow, sampleThen } from './changing-files.ts';

const [, , folder] = argv;
if (folder === undefined) throw new Error('usage: make-differential-sample.ts FOLDER');
const base = join(folder, 'base.tar.zst');
await writeArchive(base, sampleThen());
await writeDifferential(join(folder, 'diff.tar.zst'), base, sampleNow());
