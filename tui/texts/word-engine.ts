import { reportTexts } from './texts.ts';

/** With how far it is tried, where that is less than others are: "sqlserver, protocol-tested; ...". */
export function wordEngine(engine: string): string {
  const tried = reportTexts.tried[engine];
  return tried === undefined ? engine : `${engine}, ${tried}`;
}
