// What tedious loads for logins by Azure, which Kedge has not: 26 MiB and 0.2 s for nothing.
export {};
