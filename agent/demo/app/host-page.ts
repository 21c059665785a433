const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.25rem .75rem .25rem 0;border-bottom:1px solid #8884}
dl{display:flex;gap:2rem;flex-wrap:wrap}dd{margin:0;font-size:1.5rem}`;

/** The Host's own page: what is in the clinic, and what the Agent added last. */
export function statusPage(
  clinic: string,
  counts: object,
  appointments: readonly object[],
): string {
  const figures = Object.entries(counts).map(
    ([name, value]) => `<div><dt>${escaped(name)}</dt><dd>${escaped(value)}</dd></div>`,
  );
  const rows = appointments.map((row) => `<tr>${cells(row)}</tr>`);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="2">
<title>${escaped(clinic)}</title><style>${style}</style><h1>${escaped(clinic)}</h1>
<dl>${figures.join('')}</dl><h2>Latest appointments</h2>
<table><tr>${columns.map((name) => `<th>${name.replace('_', ' ')}</th>`).join('')}</tr>
${rows.join('\n')}</table></html>
`;
}

const columns = ['starts_at', 'family_name', 'given_name', 'doctor', 'room', 'reason'];

function cells(row: object): string {
  return columns.map((name) => `<td>${escaped(Reflect.get(row, name))}</td>`).join('');
}

function escaped(value: unknown): string {
  return String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
