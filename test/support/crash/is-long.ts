/** All points and more seeds, as `npm run crash:all` asks for. */
export const isLong = process.env['CRASH_ALL'] === '1';
