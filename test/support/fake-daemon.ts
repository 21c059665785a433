import { join } from 'node:path';
import { startFakeKedge } from './fake-kedge.ts';

// Run by a test's launcher as a process of its own: says something, then listens in KEDGE_HOME until it is stopped.
process.stdout.write(`demo 50 % ${process.argv.slice(2).join(' ')}\n`);
const kedge = await startFakeKedge(undefined, join(process.env['KEDGE_HOME'] ?? '', 'kedge.sock'));
process.once('SIGTERM', () => {
  kedge[Symbol.asyncDispose]().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});
