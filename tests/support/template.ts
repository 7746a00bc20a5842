import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startApplication } from '../../src/server/application.ts';
import { readConfig } from '../../src/server/config.ts';

declare module 'vitest' {
  interface ProvidedContext {
    catalogueTemplate: string;
  }
}

/** Makes one data folder as a first start makes it; test files take copies. */
export default async function setup(project: TestProject): Promise<() => void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'catalogue-template-'));
  const { stop } = await startApplication(readConfig({ DATA_DIR: dataDir }), () => {});
  await stop();
  project.provide('catalogueTemplate', dataDir);
  return () => rmSync(dataDir, { recursive: true, force: true });
}
