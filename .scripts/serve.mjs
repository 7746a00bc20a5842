// The server's process. Whoever starts the server starts it here, so that it is everywhere as large as it is measured.
import { spawn } from 'node:child_process';
import { node, root } from './install.mjs';

/**
 * glibc's allocator keeps a pool for each thread, and learns to keep large buffers there too: that is half of the
 * memory after a few thousand pages. A fixed limit, even the default one, stops the learning. These settings count
 * only when a process begins.
 */
const allocator = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '131072' };

/** Starts the built server. */
export const startServer = (options = {}) =>
  spawn(node, ['src/server/main.ts'], {
    cwd: root,
    stdio: 'inherit',
    ...options,
    env: { ...allocator, ...process.env, ...options.env },
  });
