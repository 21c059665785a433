export interface NamedStatement {
  readonly kind: 'read' | 'write';
  readonly sql: string;
}

const read = (sql: string): NamedStatement => ({ kind: 'read', sql });
const write = (sql: string): NamedStatement => ({ kind: 'write', sql });

/** Rows that the Agent added are thinned out, so that a demo left running for days stays small. */
const trim = (table: string): NamedStatement =>
  write(`delete from ${table} where id in (
    select id from ${table} where created_by = 'agent' order by id desc limit -1 offset @keep)`);

/** Everything that can be asked of the database service; nothing else is run. */
export const statements = {
  ping: read('select id from patients order by id limit 1'),
  counts: read(`select
    (select count(*) from patients) as patients,
    (select count(*) from visits) as visits,
    (select count(*) from appointments) as appointments,
    (select count(*) from invoices) as invoices,
    (select count(*) from documents) as documents`),
  patientsAfter: read(`select id, number, family_name, given_name, born, city from patients
    where id > @after order by id limit @limit`),
  searchPatients: read(`select id, number, family_name, given_name, born, city from patients
    where family_name like @search || '%' order by family_name collate nocase, given_name limit @limit`),
  latestAppointments: read(`select appointments.id, starts_at, minutes, room, doctor, reason,
    family_name, given_name from appointments join patients on patients.id = patient_id
    order by appointments.id desc limit @limit`),
  addAppointment: write(`insert into appointments
    (patient_id, starts_at, minutes, doctor, room, reason, created_at, created_by)
    values (@patientId, @startsAt, @minutes, @doctor, @room, @reason, @createdAt, @createdBy)`),
  addInvoice: write(`insert into invoices
    (patient_id, visit_id, issued_at, amount_cents, state, positions, created_by)
    values (@patientId, null, @issuedAt, @amountCents, 'open', @positions, @createdBy)`),
  addDocument: write(`insert into documents (patient_id, file_name, bytes, added_at)
    values (@patientId, @fileName, @bytes, @addedAt)
    on conflict (file_name) do update set
      patient_id = excluded.patient_id, bytes = excluded.bytes, added_at = excluded.added_at`),
  deletePatients: write(
    'delete from patients where id in (select id from patients order by id limit @count)',
  ),
  trimAppointments: trim('appointments'),
  trimInvoices: trim('invoices'),
} as const satisfies Readonly<Record<string, NamedStatement>>;

export function findStatement(name: string): NamedStatement | undefined {
  return Object.entries(statements).find(([known]) => known === name)?.[1];
}
