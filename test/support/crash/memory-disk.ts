import { existsSync } from 'node:fs';

// Imported where processes are killed, or a model says what is durable: the real disk would only cost time.
if (existsSync('/dev/shm')) process.env['TMPDIR'] = '/dev/shm';
