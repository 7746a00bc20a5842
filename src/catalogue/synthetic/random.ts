/** A source of chance that gives the same sequence for the same seed, on every machine. */
export interface Random {
  /** A number from 0 up to, but not including, 1. */
  next(): number;
  /** A whole number between two bounds, both possible. */
  int(min: number, max: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /**
   * An item of a list ordered by how common it is (law of Zipf and Mandelbrot): the item of rank r with a probability
   * proportional to 1 / (r + flatness); with 0, the second half as often as the first, the third a third as often …
   */
  zipf<T>(items: readonly T[], flatness?: number): T;
  /** Between `min` and `max` different items. */
  some<T>(items: readonly T[], min: number, max: number): T[];
}

/** The generator mulberry32 (Tommy Ettinger, public domain): small, and good enough for made-up texts. */
export function createRandom(seed: number): Random {
  // Neighbouring seeds must not begin alike.
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
  const pick = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)];
  return {
    next,
    int,
    pick,
    chance: (probability) => next() < probability,
    zipf(items, flatness = 0) {
      // Equal steps of the logarithm: the density falls as 1 / (r + flatness).
      const first = 1 + flatness;
      return items[Math.floor(first * ((items.length + first) / first) ** next() - first)];
    },
    some(items, min, max) {
      const chosen = new Set<(typeof items)[number]>();
      const wanted = Math.min(items.length, int(min, max));
      while (chosen.size < wanted) chosen.add(pick(items));
      return [...chosen];
    },
  };
}
