const nobody = 65_534;

/** Acts without the rights of root, where the tests run as root, so that a closed file is closed. */
export async function asOtherUser<T>(act: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return await act();
  process.seteuid?.(nobody);
  try {
    return await act();
  } finally {
    process.seteuid?.(0);
  }
}
