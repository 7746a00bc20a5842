// The server's process. Whoever starts the server starts it here, so that it is everywhere as large as it is measured.
import { spawn } from 'node:child_process';
import { node, root } from './install.mjs';

/**
 * glibc's allocator would keep a pool for each thread and hold on to the pages' buffers: a third of the resident
 * memory. These settings only count when a process begins.
 */
const allocator = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '65536', MALLOC_TRIM_THRESHOLD_: '262144' };

/** Starts the built server. */
export const startServer = (options = {}) =>
  spawn(node, ['src/server/main.ts'], {
    cwd: root,
    stdio: 'inherit',
    ...options,
    env: { ...allocator, ...process.env, ...options.env },
  });
