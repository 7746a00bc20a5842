/** Quality of one answer, or the mean over several. */
export interface Quality {
  /** 1 when the first result is relevant. */
  success1: number;
  /** Share of the relevant records among the first ten results. */
  recall10: number;
  /** 1 / place of the first relevant result, 0 when there is none. */
  mrr: number;
  /** 1 when the records found are the relevant ones, no more and no fewer. */
  exact: number;
}

/**
 * Judges one answer. A query with nothing relevant is answered well by finding nothing.
 * @param found ids of all results, best first
 */
export function qualityOf(found: string[], relevant: ReadonlySet<string>): Quality {
  if (relevant.size === 0) {
    const nothing = found.length === 0 ? 1 : 0;
    return { success1: nothing, recall10: nothing, mrr: nothing, exact: nothing };
  }
  const first = found.findIndex((id) => relevant.has(id));
  const inTen = found.slice(0, 10).filter((id) => relevant.has(id)).length;
  return {
    success1: first === 0 ? 1 : 0,
    recall10: inTen / relevant.size,
    mrr: first < 0 ? 0 : 1 / (first + 1),
    exact: found.length === relevant.size && found.every((id) => relevant.has(id)) ? 1 : 0,
  };
}

/** The mean of several answers' quality; zeros for none. */
export function meanQuality(qualities: Quality[]): Quality {
  const mean = (key: keyof Quality) =>
    qualities.length === 0 ? 0 : qualities.reduce((sum, quality) => sum + quality[key], 0) / qualities.length;
  return { success1: mean('success1'), recall10: mean('recall10'), mrr: mean('mrr'), exact: mean('exact') };
}
