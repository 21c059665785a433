import * as z from 'zod';

/** A unit that can be started and stopped. No leading dash: systemctl would take it for an option. */
export const UnitName = z
  .string()
  .max(255)
  .regex(/^[A-Za-z0-9@:_.\\][A-Za-z0-9@:_.\\-]*\.(service|socket|timer|target)$/, {
    error: 'the full name of a unit is needed: "clinic.service"',
  });
