import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ReadableStream } from 'node:stream/web';
import { createGzip } from 'node:zlib';

/** The pieces packed with gzip; whoever stops reading ends the packing and the pieces' own source. */
export async function* gzipped(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const packed = createGzip({ level: 5 });
  const done = pipeline(Readable.from(pieces), packed);
  // Reading `packed` tells of a failure; this promise fails with it, also when the reader only went away.
  done.catch(() => {});
  yield* packed;
}

/**
 * The body of an answer that is made while it is sent.
 * @param drained resolves when the client has taken what was sent: a slow one does not fill the memory
 */
export function streamed(pieces: AsyncIterable<Uint8Array>, drained: () => Promise<void> = async () => {}): BodyInit {
  async function* asTaken() {
    for await (const piece of pieces) {
      yield piece;
      await drained();
    }
  }
  return ReadableStream.from(asTaken()) as unknown as BodyInit;
}
