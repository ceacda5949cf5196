package dev.nines.budget;

/**
 * What was counted before this start, as far as somebody knows: for some moments, how much was counted since each.
 * Between two moments it is taken to have come evenly. Immutable.
 *
 * <p>The counters are those of {@link Windows}: good and bad of each objective in turn, and the nanoseconds that were
 * seen at all.
 */
final class Past {

  /** Nothing is known. */
  static final Past NONE = new Past(new long[0], new long[0][]);

  private final long[] moments;
  private final long[][] since;

  /**
   * @param moments in nanoseconds since 1970, falling; nothing was counted since the first
   * @param since what was counted since each moment, by counter; rising with the moment's age
   */
  Past(long[] moments, long[][] since) {
    this.moments = moments;
    this.since = since;
    for (int i = 1; i < moments.length; i++) {
      if (moments[i] >= moments[i - 1]) {
        throw new IllegalArgumentException("moments: " + moments[i] + " (expected: falling)");
      }
      for (int counter = 0; counter < since[i].length; counter++) {
        if (since[i][counter] < since[i - 1][counter]) {
          throw new IllegalArgumentException(
              "counts: " + since[i][counter] + " (expected: no fewer in a longer time)");
        }
      }
    }
  }

  /** Returns how much was counted since a moment. */
  long since(long moment, int counter) {
    if (moments.length == 0 || moment >= moments[0]) {
      return 0;
    }
    int older = olderThan(moment);
    if (older == moments.length) {
      return since[older - 1][counter];
    }
    long few = since[older - 1][counter];
    long many = since[older][counter];
    double share = (double) (moments[older - 1] - moment) / (moments[older - 1] - moments[older]);
    return few + Math.round((many - few) * share);
  }

  int size() {
    return moments.length;
  }

  long moment(int place) {
    return moments[place];
  }

  long countedSince(int place, int counter) {
    return since[place][counter];
  }

  /** Returns the place of the first moment that is not after the given one. */
  private int olderThan(long moment) {
    int low = 0;
    int high = moments.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (moments[middle] > moment) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
