import type { Random } from './random.ts';
import { parseSentence, type Sentence, speak } from './sentences.ts';

const history = parsed([
  'Reports {mild|moderate|severe|intermittent} {pain|discomfort|stiffness} in the {left|right} {shoulder|knee|hip|wrist|ankle} for {2-21} days, worse {in the morning|at night|after exercise|when climbing stairs}.',
  'Complains of {dry|productive|barking} cough for {2-28} days, {no fever|fever up to 38.{1-9} °C|chills at night}, {no haemoptysis|some yellow sputum|short of breath on exertion}.',
  'Comes for control of {blood pressure|blood sugar|thyroid values|the wound}; feels {well|tired|much better than {2-9} weeks ago|unchanged}.',
  'Headache of {3-14} hours about {1-6} times a month, {pulsating|pressing}, {with|without} aura, {relieved by rest|relieved by paracetamol|no relief by tablets so far}.',
  'No known {chest pain|dyspnoea|weight loss|night sweats}; appetite and sleep are {good|fair|poor}.',
  'Smokes {3-25} cigarettes a day since {5-40} years; alcohol {rarely|at weekends|daily, one glass}; works {shifts|at a desk|on a building site|in a kitchen}.',
  'Mother with {hypertension|diabetes|breast cancer|stroke} at {45-82} years, father {healthy|died of a heart attack at {48-79}|with Parkinson’s disease}.',
  'The pain began {suddenly|slowly} after {lifting a box|a fall on the stairs|a long flight|gardening}, and reaches {3-9} of 10 on the scale.',
]);

const findings = parsed([
  'Blood pressure {105-178}/{62-104} mmHg, pulse {54-108} per minute and {regular|irregular}, temperature 36.{1-9} °C, saturation {92-100} %.',
  'Weight {48-124} kg, height {150-198} cm; {no change since the last visit|{2-9} kg more than a year ago|{2-6} kg lost}.',
  'Heart sounds {pure and rhythmic|with a soft systolic murmur over the apex}, no oedema; lungs {clear on both sides|with rales at the {left|right} base|with prolonged expiration}.',
  'Abdomen soft, {no tenderness|tender in the {upper|lower} {left|right} quadrant}, bowel sounds {normal|lively}, liver and spleen not enlarged.',
  'Laboratory: haemoglobin {10-16}.{1-9} g/dl, leucocytes {4-14}.{1-9}/nl, CRP {1-88} mg/l, creatinine 0.{6-9} mg/dl, TSH {1-4}.{1-9} mU/l.',
  'HbA1c {5-9}.{1-9} %, LDL {70-190} mg/dl, HDL {32-78} mg/dl, triglycerides {80-320} mg/dl.',
  'ECG: sinus rhythm, {58-98} per minute, {normal axis|left axis}, no ST changes, QTc {380-450} ms.',
  'Skin of the {forearm|neck|back|lower leg}: {dry, scaly, reddened area of {2-9} cm|wound of {1-7} cm, clean edges, no sign of infection|several moles, none suspect}.',
  'Range of motion {free|limited by pain at {40-110} degrees}; {no|slight} swelling; ligaments {stable|lax on the {inner|outer} side}; circulation and feeling intact.',
  'Ultrasound shows {no free fluid|a small cyst of {4-19} mm in the {left|right} kidney|gallstones up to {3-14} mm|a normal thyroid of {8-18} ml}.',
]);

const plan = parsed([
  'Prescribed {ramipril {2-10} mg|metformin {500|850|1000} mg|ibuprofen {400|600} mg|pantoprazole {20|40} mg|amoxicillin {500|750} mg} {once|twice|three times} a day for {5-90} days.',
  'Advised {rest and fluids|physiotherapy, {6-12} sessions|a diary of blood pressure|less salt and daily walks|compression for {4-12} weeks}; return at once if it gets worse.',
  'Referred to {cardiology|orthopaedics|dermatology|radiology|ENT}, letter sent on the same day; result expected in {3-21} days.',
  'Next control in {1-12} {weeks|months}; blood to be taken fasting {1-7} days before.',
  'Certificate of incapacity for work for {2-14} days handed out; {employer informed by the patient|form for the insurer signed}.',
  'Vaccination against {influenza|tetanus|pneumococci|tick-borne encephalitis} given in the {left|right} upper arm, lot {1000-9999}-{10-99}, well tolerated.',
  'Risks and alternatives explained; the patient agrees and has no further questions.',
]);

const authors = [
  'signed',
  'dictated, not read',
  'transcribed by the front desk',
  'reviewed',
] as const;

/** What a doctor writes after a visit: history, findings, plan, about a thousand characters. */
export function medicalNote(random: Random): string {
  const part = (title: string, from: readonly [Sentence, ...Sentence[]], count: number): string =>
    `${title}: ${severalOf(from, count, random)}\n`;
  return (
    part('History', history, random.between(2, 3)) +
    part('Findings', findings, random.between(3, 5)) +
    part('Plan', plan, random.between(2, 3)) +
    `(${random.pick(authors)})`
  );
}

function severalOf(
  from: readonly [Sentence, ...Sentence[]],
  count: number,
  random: Random,
): string {
  const first = random.between(0, from.length - 1);
  const texts: string[] = [];
  // A stride that visits each once before any twice: no doctor writes the same sentence twice.
  for (let index = 0; index < count; index += 1) {
    texts.push(speak(from[(first + index * 3) % from.length] ?? from[0], random));
  }
  return texts.join(' ');
}

function parsed(templates: readonly [string, ...string[]]): readonly [Sentence, ...Sentence[]] {
  const [first, ...others] = templates;
  return [parseSentence(first), ...others.map(parseSentence)];
}
