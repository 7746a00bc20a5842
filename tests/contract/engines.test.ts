import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Meilisearch } from 'meilisearch';
import { vi } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { migrate } from '../../db/migrate.ts';
import { createEmbeddedEngine } from '../../search/embedded/engine.ts';
import { createEmbeddedIndex } from '../../search/embedded/index.ts';
import { createMeilisearch } from '../../search/meilisearch/adapter.ts';
import { synonyms } from './corpus.ts';
import { describeEngine } from './engine-contract.ts';
import { startFakeMeilisearch } from './fake-meilisearch.ts';

// A real server's tasks take their time.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

describeEngine('embedded', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'contract-'));
  const file = databaseFile(folder);
  const { db, sqlite } = openDatabase(file);
  await migrate(db);
  const engine = createEmbeddedEngine({ file, synonyms });
  return {
    engine,
    index: createEmbeddedIndex(sqlite),
    async close() {
      await engine.close();
      await db.destroy();
      rmSync(folder, { recursive: true });
    },
  };
});

describeEngine('meilisearch (simulated)', async () => {
  const server = await startFakeMeilisearch({ key: 'secret' });
  const meilisearch = createMeilisearch({ url: server.url, key: 'secret', synonyms });
  return { engine: meilisearch, index: meilisearch, close: server.close };
});

const { MEILI_URL: url, MEILI_KEY: key } = process.env;
if (url) {
  describeEngine(`meilisearch at ${url}`, async () => {
    const indexName = `contract_${randomUUID()}`;
    const meilisearch = createMeilisearch({ url, key, synonyms, indexName });
    const client = new Meilisearch({ host: url, apiKey: key });
    return {
      engine: meilisearch,
      index: meilisearch,
      async close() {
        await client.deleteIndexIfExists(indexName);
        await client.deleteIndexIfExists(`${indexName}_next`);
      },
    };
  });
}
