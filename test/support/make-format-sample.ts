import { argv } from 'node:process';
import { sampleMembers, writeArchive } from './archives.ts';

const [, , path] = argv;
if (path === undefined) throw new Error('usage: node test/support/make-format-sample.ts FILE');
await writeArchive(path, sampleMembers());
