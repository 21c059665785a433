import { openFiles } from '../../agent/sources/files/source.ts';
import type { Taken } from './take-members.ts';

export const MiB = 1024 * 1024;

export const sourceAt = (path: string, exclude: readonly string[] = []) =>
  openFiles('uploads', { engine: 'files', path, exclude: [...exclude] });

export const kinds = ({ members }: Taken) =>
  members.map(({ name, header }) => `${header.kind} ${name}`);
