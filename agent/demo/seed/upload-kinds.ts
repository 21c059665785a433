import { medicalNote } from './medical-notes.ts';
import { noise, type Random } from './random.ts';
import { diagnoses, doctors, familyNames, givenNames } from './vocabulary.ts';

export interface Upload {
  /** Relative to the uploads folder. */
  readonly name: string;
  readonly content: Buffer;
}

type Make = (random: Random, number: number) => Upload;

const jpegStart = Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex');
const jpegEnd = Buffer.from('ffd9', 'hex');

/** As much of each kind as a clinic has: photographs first, then letters, laboratory values, notes. */
const kinds: readonly [Make, ...Make[]] = [
  photograph,
  photograph,
  photograph,
  photograph,
  letter,
  letter,
  laboratory,
  laboratory,
  memo,
  memo,
];

/** The upload of a number: half-way real content, between 1 KB and 300 KB. */
export function makeUpload(random: Random, number: number): Upload {
  return random.pick(kinds)(random, number);
}

function photograph(random: Random, number: number): Upload {
  const site = random.pick(['Thorax', 'Knie links', 'Handgelenk', 'Zahn', 'Haut', 'Schädel']);
  const sizeBytes = random.between(40_000, random.between(0, 5) === 0 ? 290_000 : 170_000);
  const content = Buffer.concat([jpegStart, noise(random, sizeBytes), jpegEnd]);
  return { name: `Röntgen/${person(random)} ${site} ${tag(number)}.jpg`, content };
}

function letter(random: Random, number: number): Upload {
  const notes = Array.from({ length: random.between(4, 20) }, () => medicalNote(random));
  const head = `Dear colleague,\n\nthank you for referring ${person(random)}, ${random.pick(diagnoses)}.\n\n`;
  const text = `${head}${notes.join('\n\n')}\n\nWith kind regards\n${random.pick(doctors)}\n`;
  return {
    name: `Letters/Überweisung ${person(random)} ${tag(number)}.txt`,
    content: Buffer.from(text),
  };
}

function laboratory(random: Random, number: number): Upload {
  const rows = Array.from({ length: random.between(80, 900) }, () => {
    const value = `${random.between(1, 300)}.${random.between(0, 9)}`;
    return `2026-${random.between(1, 9)};${random.pick(['HB', 'CRP', 'TSH', 'LDL', 'GLU'])};${value};mg/dl\n`;
  });
  const content = Buffer.from(`month;test;value;unit\n${rows.join('')}`);
  return { name: `Labor/آزمایش خون ${person(random)} ${tag(number)}.csv`, content };
}

function memo(random: Random, number: number): Upload {
  const notes = Array.from({ length: random.between(3, 8) }, () => medicalNote(random));
  return { name: `Notes/memo ${tag(number)}.txt`, content: Buffer.from(notes.join('\n\n')) };
}

const person = (random: Random): string =>
  `${random.pick(familyNames)}, ${random.pick(givenNames)}`;

/** Keeps names apart that are otherwise equal. */
const tag = (number: number): string => String(number).padStart(4, '0');
