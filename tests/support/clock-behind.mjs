/** Loaded before a server (`NODE_OPTIONS=--import`), it sets the clock of the process back by an hour. */
const behindMs = 3_600_000;
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(RealDate.now() - behindMs);
    else super(...args);
  }
  static now() {
    return RealDate.now() - behindMs;
  }
};
