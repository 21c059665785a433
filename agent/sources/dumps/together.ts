/** Two things at once; what fails ends the other, and is what is told. */
export async function together<A, B>(
  signal: AbortSignal,
  begin: (until: AbortSignal) => readonly [Promise<A>, Promise<B>],
): Promise<readonly [A, B]> {
  const failed = new AbortController();
  const [one, other] = begin(AbortSignal.any([signal, failed.signal]));
  const stopping = async <T>(work: Promise<T>): Promise<T> =>
    await work.catch((error: unknown) => {
      failed.abort(error);
      throw error;
    });
  const ended = await Promise.allSettled([stopping(one), stopping(other)]);
  signal.throwIfAborted();
  if (failed.signal.aborted) throw failed.signal.reason;
  const [first, second] = ended;
  if (first.status === 'rejected') throw first.reason;
  if (second.status === 'rejected') throw second.reason;
  return [first.value, second.value];
}
