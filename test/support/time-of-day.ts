/**
 * The time of day that it will be in so many hours. A schedule of a test that waits for none of its runs has its fulls
 * then, as one that came meanwhile would be among what the test counts: in 12 hours where it takes only fulls, in half a
 * step where it takes differentials every so many hours.
 */
export function timeOfDayIn(hours: number, zone = 'UTC'): string {
  const at = Date.now() + hours * 3_600_000;
  return new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeStyle: 'short' }).format(at);
}
