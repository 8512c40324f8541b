// Offsets to lines.

/** Line that holds `offset`. O(log lines). */
export const lineOf = (starts: Int32Array, count: number, offset: number): number => {
  let low = 0
  let high = count - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (starts[middle]! <= offset) low = middle
    else high = middle - 1
  }
  return low
}
