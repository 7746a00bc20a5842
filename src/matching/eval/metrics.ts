/** By record: 3 meets the need, 2 is clearly useful, 1 is related; absent 0. */
export type Grades = ReadonlyMap<string, number>;

/** Quality of one ranking, or the mean over several. */
export interface MatchingQuality {
  /** Normalised discounted cumulative gain of the first ten, gain 2^grade − 1. */
  ndcg10: number;
  /** Share of the useful records (grade 2 or 3) among the first ten. */
  recall10: number;
  /** The same, with records that are only related (grade 1). */
  relatedRecall10: number;
  /** 1 / place of the first useful record, 0 when there is none. */
  mrr: number;
}

const useful = 2;

const gainAt = (grade: number, place: number): number => (2 ** grade - 1) / Math.log2(place + 2);
const gainOf = (grades: number[]): number =>
  grades.slice(0, 10).reduce((sum, grade, place) => sum + gainAt(grade, place), 0);

/**
 * Judges one ranking.
 * @param found ids, best first
 */
export function matchingQuality(found: string[], grades: Grades): MatchingQuality {
  const ideal = gainOf([...grades.values()].sort((a, b) => b - a));
  const firstTen = found.slice(0, 10);
  const recall = (least: number) => {
    const wanted = [...grades].filter(([, grade]) => grade >= least);
    return wanted.length === 0 ? 1 : wanted.filter(([id]) => firstTen.includes(id)).length / wanted.length;
  };
  const first = found.findIndex((id) => (grades.get(id) ?? 0) >= useful);
  return {
    ndcg10: ideal === 0 ? 1 : gainOf(firstTen.map((id) => grades.get(id) ?? 0)) / ideal,
    recall10: recall(useful),
    relatedRecall10: recall(1),
    mrr: first < 0 ? 0 : 1 / (first + 1),
  };
}

/** The mean of several rankings' quality; zeros for none. */
export function meanMatchingQuality(qualities: MatchingQuality[]): MatchingQuality {
  const mean = (key: keyof MatchingQuality) =>
    qualities.length === 0 ? 0 : qualities.reduce((sum, quality) => sum + quality[key], 0) / qualities.length;
  return {
    ndcg10: mean('ndcg10'),
    recall10: mean('recall10'),
    relatedRecall10: mean('relatedRecall10'),
    mrr: mean('mrr'),
  };
}
