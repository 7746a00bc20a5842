import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Files that people have sent, by name: the only module that knows where they lie. */
export interface FileStore {
  /** Keeps a file; when it resolves, a power cut does not lose it. Whoever reads sees all of it or nothing. */
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** @returns undefined when there is no such file */
  read(name: string): Promise<Buffer | undefined>;
  remove(name: string): Promise<void>;
  /** Names of files that were last written before a time, some at a time. */
  writtenBefore(time: number): AsyncGenerator<string[]>;
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/**
 * Keeps files in a folder of this machine.
 * @param root made when the first file is written; names are spread over folders by their first two characters
 */
export function createFileStore(root: string): FileStore {
  const folderOf = (name: string) => join(root, name.slice(0, 2));
  const pathOf = (name: string) => {
    if (!/^[\w-]{3,}(?:\.\w+)+$/.test(name)) throw new Error(`${name} is no file's name`);
    return join(folderOf(name), name);
  };
  return {
    async write(name, bytes) {
      const path = pathOf(name);
      const unfinished = `${path}.${randomUUID().slice(0, 8)}.part`;
      await mkdir(folderOf(name), { recursive: true });
      const file = await open(unfinished, 'w');
      try {
        await file.writeFile(bytes);
        await file.sync();
        await rename(unfinished, path);
      } catch (error) {
        // On a full disk it would keep others out.
        await rm(unfinished, { force: true });
        throw error;
      } finally {
        await file.close();
      }
    },
    async read(name) {
      try {
        return await readFile(pathOf(name));
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    remove: (name) => rm(pathOf(name), { force: true }),
    async *writtenBefore(time) {
      const folders = await readdir(root).catch((error) => {
        if (isMissing(error)) return [];
        throw error;
      });
      for (const folder of folders) {
        const names: string[] = [];
        for (const name of await readdir(join(root, folder))) {
          if ((await stat(join(root, folder, name))).mtimeMs < time) names.push(name);
        }
        if (names.length > 0) yield names;
      }
    },
  };
}

/** The tables that the Department's people have sent to be imported. */
export const importStore = (dataDir: string): FileStore => createFileStore(join(dataDir, 'uploads', 'imports'));
