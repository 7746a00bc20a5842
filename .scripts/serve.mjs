// The server's process. These settings count only when a process begins, so whoever starts the server starts it here:
// it is everywhere as large as the benchmark measures it.
import { spawn } from 'node:child_process';
import { node, root } from './install.mjs';

/**
 * glibc's allocator keeps a pool for each thread, and learns to keep large buffers there too: that is half of the
 * memory after a few thousand pages. A fixed limit, even the default one, stops the learning.
 */
const allocator = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '131072' };

/**
 * Each page makes a megabyte of short-lived text. V8 collects it sooner than it would: less room for new objects, and
 * the rest is looked through when it has grown by half instead of several times. That saves 150 MB, and costs a page
 * that is rendered anew up to a third more time; most are not.
 */
const collector = ['--max-semi-space-size=4', '--heap-growing-percent=50'];

/** Starts the built server. */
export const startServer = (options = {}) =>
  spawn(node, [...collector, 'src/server/main.ts'], {
    cwd: root,
    stdio: 'inherit',
    ...options,
    env: { ...allocator, ...process.env, ...options.env },
  });
