import { Worker } from 'node:worker_threads';

/** Ends something that runs in the background; resolves when it has ended. */
export type End = () => Promise<void>;

/** Repeats a step until it is ended; a step that fails is reported and tried again. */
export function repeat(step: () => Promise<unknown>, everyMs: number, report: (error: unknown) => void): End {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const run = () => {
    running = step()
      .catch(report)
      .then(() => {
        if (!stopped) timer = setTimeout(run, everyMs);
      });
  };
  run();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}

/**
 * Runs a thread to its end.
 * @param mostMegabytes of JavaScript objects; a thread that needs more is ended
 * @throws what it failed with
 */
export const runThread = (url: URL, workerData: unknown, mostMegabytes: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const thread = new Worker(url, { workerData, resourceLimits: { maxOldGenerationSizeMb: mostMegabytes } });
    thread.once('error', reject);
    thread.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`ended with code ${code}`))));
  });

const firstRestMs = 500;
const longestRestMs = 30_000;

/**
 * Keeps a thread running: one that ends by itself is started again, after twice the pause each time. The thread says
 * `{ ready: true }` when it works and `{ error }` when something failed; any message asks it to end.
 * @returns when it is ready for the first time
 * @throws when it ends before it was ever ready
 */
export async function keepThread(url: URL, workerData: unknown, say: (text: string) => void): Promise<End> {
  let stopping = false;
  let restMs = firstRestMs;
  let thread: Worker | undefined;
  let timer: NodeJS.Timeout | undefined;

  const start = (onReady: () => void, onEarlyEnd: (error: Error) => void) => {
    let ready = false;
    const started = new Worker(url, { workerData });
    thread = started;
    started.on('message', (message: { ready?: true; error?: string }) => {
      if (message.error) say(message.error);
      if (!message.ready) return;
      ready = true;
      restMs = firstRestMs;
      onReady();
    });
    started.on('error', (error) => say(String(error)));
    started.once('exit', (code) => {
      thread = undefined;
      if (stopping) return;
      const what = `The thread ${url.pathname.split('/').at(-1)} ended with code ${code}`;
      if (!ready && onEarlyEnd !== ignore) return onEarlyEnd(new Error(what));
      say(`${what}; it is started again in ${restMs} ms`);
      timer = setTimeout(() => start(ignore, ignore), restMs);
      restMs = Math.min(longestRestMs, restMs * 2);
    });
  };
  const ignore = () => {};

  await new Promise<void>(start);
  return async () => {
    stopping = true;
    clearTimeout(timer);
    const running = thread;
    if (!running) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.postMessage('stop');
    await ended;
  };
}
