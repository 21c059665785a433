/** Said wherever a person decides to rely on it. */
export const howFarTried =
  "SQL Server is protocol-tested; not yet run against Microsoft's engine: try a restore before you rely on it";
