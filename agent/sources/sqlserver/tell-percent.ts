import type { Work } from '../../os/work.ts';

/** Progress of a step whose server only knows percents. `bytes`: of all of it; 0: nobody knows. */
export function tellPercent(
  { progress }: Partial<Pick<Work, 'progress'>>,
  step: string,
  bytes: number,
): (percent: number) => void {
  progress?.(step, 0, bytes);
  return (percent) => {
    if (bytes > 0) progress?.(step, Math.round((bytes * percent) / 100), bytes);
    else progress?.(`${step}: ${percent} %`, 0, 0);
  };
}
