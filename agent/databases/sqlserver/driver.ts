// Bundled by itself, so that only who asks a SQL Server loads it.
// biome-ignore lint/performance/noBarrelFile: it is the entry of a bundle.
export { Connection, Request } from 'tedious';
