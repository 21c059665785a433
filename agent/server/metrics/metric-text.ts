/** One metric with all its label sets. A family without samples is left out of the text. */
export interface MetricFamily {
  readonly name: string;
  readonly type: 'gauge' | 'counter';
  readonly help: string;
  readonly samples: readonly MetricSample[];
}

export interface MetricSample {
  /** One that is undefined or '' is left out: to Prometheus that is the same. */
  readonly labels?: Readonly<Record<string, string | undefined>>;
  readonly value: number;
}

/** The text format 0.0.4. Source: prometheus.io/docs/instrumenting/exposition_formats. */
export function metricText(families: readonly MetricFamily[]): string {
  return families
    .filter(({ samples }) => samples.length > 0)
    .map(familyText)
    .join('');
}

function familyText({ name, type, help, samples }: MetricFamily): string {
  const head = `# HELP ${name} ${escapeHelp(help)}\n# TYPE ${name} ${type}\n`;
  return head + samples.map((sample) => `${name}${labelText(sample)} ${sample.value}\n`).join('');
}

function labelText({ labels = {} }: MetricSample): string {
  const pairs = Object.entries(labels).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [`${name}="${escapeLabel(value)}"`],
  );
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escapeHelp(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}

function escapeLabel(text: string): string {
  return escapeHelp(text).replaceAll('"', '\\"');
}

/** A gauge without labels; nothing where the value is not known. */
export function gauge(name: string, help: string, value: number | undefined): MetricFamily {
  return { name, type: 'gauge', help, samples: value === undefined ? [] : [{ value }] };
}

/** 1 for the state something is in and 0 for all others, so that a change is a change of numbers. */
export function stateSamples(
  labels: Readonly<Record<string, string>>,
  states: readonly string[],
  now: string,
): readonly MetricSample[] {
  return states.map((state) => ({ labels: { ...labels, state }, value: state === now ? 1 : 0 }));
}
