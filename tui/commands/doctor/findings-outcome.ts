import type { DoctorFinding } from '../../../protocol/domain/doctor.ts';
import { doctorTexts } from '../../texts/texts.ts';
import type { CommandOutcome } from '../command.ts';

type Outcome = Extract<CommandOutcome, { kind: 'data' }> & { readonly exit: number };

/** Everything that was looked at, and 1 as soon as one thing is bad. */
export function findingsOutcome(findings: readonly DoctorFinding[]): Outcome {
  const bad = findings.filter(({ tone }) => tone === 'bad').length;
  const advice = findings.filter(({ tone }) => tone === 'advice').length;
  const exit = bad === 0 ? 0 : 1;
  return {
    kind: 'data',
    data: { healthy: bad === 0, bad, advice, findings },
    lines: [...findingLines(findings), '', doctorTexts.summary(bad, advice, findings.length)],
    exit,
  };
}

function findingLines(findings: readonly DoctorFinding[]): readonly string[] {
  const toneCells = toneWidth();
  const indent = ' '.repeat(toneCells + 4);
  return findings.flatMap((finding, at) => {
    const { area, tone, thing, text, why, cure, command } = finding;
    const isFirst = findings[at - 1]?.area !== area;
    const more = [why, cure].filter((words) => words !== undefined).flatMap(linesOf);
    return [
      ...(isFirst ? [...(at === 0 ? [] : ['']), doctorTexts.areas[area]] : []),
      `  ${doctorTexts.tones[tone].padEnd(toneCells)}  ${thing}: ${text}`,
      ...(tone === 'ok' ? [] : more.map((line) => `${indent}${line}`)),
      ...(tone === 'ok' || command === undefined ? [] : [`${indent}$ ${command}`]),
    ];
  });
}

/** A rule to be pasted has lines of its own. */
function linesOf(words: string): readonly string[] {
  return words.trimEnd().split('\n');
}

function toneWidth(): number {
  return Math.max(...Object.values(doctorTexts.tones).map((word) => word.length));
}
