/** The clinic's tables. A patient takes all of theirs along when deleted. */
export const tables = `
create table patients (
  id integer primary key,
  number text not null unique,
  family_name text not null,
  given_name text not null,
  born text not null,
  sex text not null,
  phone text not null,
  email text,
  street text not null,
  postcode text not null,
  city text not null,
  insurer text not null,
  allergies text,
  registered_at text not null
);
create table visits (
  id integer primary key,
  patient_id integer not null references patients (id) on delete cascade,
  visited_at text not null,
  doctor text not null,
  reason text not null,
  diagnosis text not null
);
create table notes (
  id integer primary key,
  visit_id integer not null references visits (id) on delete cascade,
  written_at text not null,
  author text not null,
  text text not null
);
create table appointments (
  id integer primary key,
  patient_id integer not null references patients (id) on delete cascade,
  starts_at text not null,
  minutes integer not null,
  doctor text not null,
  room text not null,
  reason text not null,
  created_at text not null,
  created_by text not null
);
create table invoices (
  id integer primary key,
  patient_id integer not null references patients (id) on delete cascade,
  visit_id integer references visits (id) on delete set null,
  issued_at text not null,
  amount_cents integer not null,
  state text not null check (state in ('open', 'paid', 'overdue')),
  positions text not null,
  created_by text not null
);
create table documents (
  id integer primary key,
  patient_id integer not null references patients (id) on delete cascade,
  file_name text not null unique,
  bytes integer not null,
  added_at text not null
);
`;

/** Made after the rows are in: several times faster than keeping them up to date. */
export const indexes = [
  'create index patients_by_name on patients (family_name collate nocase, given_name)',
  'create index visits_by_patient on visits (patient_id, visited_at)',
  'create index notes_by_visit on notes (visit_id)',
  'create index appointments_by_patient on appointments (patient_id)',
  'create index appointments_by_start on appointments (starts_at)',
  'create index invoices_by_patient on invoices (patient_id)',
  'create index invoices_by_visit on invoices (visit_id)',
  'create index documents_by_patient on documents (patient_id)',
] as const;
