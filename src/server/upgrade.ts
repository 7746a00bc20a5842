import { join } from 'node:path';
import { backUp } from '../../db/backup.ts';
import type { Db } from '../../db/client.ts';
import { migrate, pendingMigrations } from '../../db/migrate.ts';
import { backupName } from './backups.ts';
import type { Config } from './config.ts';

/**
 * Brings a database to this program's version; before one that is in use is changed, it is backed up into BACKUP_DIR.
 * @param say told what happens, a line each
 * @returns the names of the migrations that ran
 * @throws when the backup or a migration fails, or when the database is newer than this program
 */
export async function upgrade(
  db: Db,
  { dataDir, backupDir }: Pick<Config, 'dataDir' | 'backupDir'>,
  say: (text: string) => void,
): Promise<string[]> {
  const { pending, isNew } = await pendingMigrations(db);
  if (pending.length > 0 && !isNew) {
    const backup = join(backupDir, backupName(new Date()));
    say(`Backing up before the upgrade: ${backup}`);
    await backUp(dataDir, backup);
  }
  return migrate(db);
}
