/** A longer list is sorted whole. */
const longestWindow = 1000;

/** The first `count` ids in order, without sorting the rest. */
export function best(ids: Uint32Array, count: number, compare: (a: number, b: number) => number): Uint32Array {
  if (count >= ids.length || count > longestWindow) return ids.slice().sort(compare);
  // A sorted window: almost every id of a long list loses against its last entry at once.
  const window = Array.from(ids.subarray(0, count)).sort(compare);
  for (let i = count; i < ids.length; i += 1) {
    const id = ids[i];
    if (compare(id, window[count - 1]) >= 0) continue;
    let low = 0;
    let high = count - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compare(id, window[middle]) < 0) high = middle;
      else low = middle + 1;
    }
    window.pop();
    window.splice(low, 0, id);
  }
  return Uint32Array.from(window);
}
