/** In the application's database, and in those that are made beside it: to dump it, and to bring it back. */
export const rightsInDatabase = [
  'SELECT',
  'INSERT',
  'CREATE',
  'DROP',
  'ALTER',
  'INDEX',
  'REFERENCES',
  'CREATE VIEW',
  'SHOW VIEW',
  'TRIGGER',
  'EVENT',
  'CREATE ROUTINE',
  'ALTER ROUTINE',
  'EXECUTE',
] as const;
