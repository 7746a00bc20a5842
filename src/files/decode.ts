import type sharp from 'sharp';

/** More pixels than any phone's camera has; a few kilobytes may unfold to billions. */
export const maxPixels = 52_000_000;
/** A file that takes longer to read was made to. */
export const maxSeconds = 20;

/** The decoder, loaded with the first picture: a server that nobody sends pictures to saves its 26 MB. */
async function load(): Promise<typeof sharp> {
  const { default: decoder } = await import('sharp');
  // What is not a photo format never reaches it: neither SVG nor whatever else libvips can read. This holds for the
  // whole process, so nobody else may set it.
  decoder.block({ operation: ['VipsForeignLoad'] });
  decoder.unblock({
    operation: [
      'VipsForeignLoadJpeg',
      'VipsForeignLoadPng',
      'VipsForeignLoadWebp',
      'VipsForeignLoadHeif',
      'VipsForeignLoadNsgif',
    ],
  });
  decoder.concurrency(1);
  decoder.cache(false);
  return decoder;
}

let loaded: ReturnType<typeof load> | undefined;
let turn: Promise<unknown> = Promise.resolve();

/** Does something with the decoder of pictures. One at a time: a decoded photo takes a hundred megabytes. */
export function decodeInTurn<T>(work: (decoder: typeof sharp) => Promise<T>): Promise<T> {
  const done = turn.then(async () => {
    loaded ??= load();
    return work(await loaded);
  });
  turn = done.catch(() => {});
  return done;
}
