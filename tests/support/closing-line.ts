import type { Reporter, TestModule } from 'vitest/node';

/** Ends the run with one line that people and scripts read alike. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
    const count = (state: (typeof states)[number]) => states.filter((one) => one === state).length;
    // A file that cannot be loaded has no tests that could fail.
    const broken = modules.filter((module) => module.errors().length > 0).length;
    const skipped = count('skipped');
    const failed = count('failed') + broken + unhandledErrors.length;
    process.on('exit', () => {
      console.log(`\n${count('passed')} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
    });
  }
}
