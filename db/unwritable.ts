const codes = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS', 'SQLITE_FULL', 'SQLITE_READONLY']);

/** SQLite reports some of the same as the failure of one step on the file. */
const steps = /^SQLITE_IOERR_(?:WRITE|SHMSIZE|FSYNC|DIR_FSYNC|TRUNCATE)$/;

/** Whether something failed because nothing can be written now: the disk is full or read-only. Reading goes on. */
export function isUnwritable(error: unknown): boolean {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
  if (typeof code === 'string' && (codes.has(code) || steps.test(code))) return true;
  return cause !== undefined && isUnwritable(cause);
}
