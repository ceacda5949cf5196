package dev.nines.metrics;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who comes often, in fixed memory: the space-saving sketch. A newcomer takes the place, and inherits the count, of the
 * rarest, and remembers what it inherited; so nobody's count is too low, and who has come at least {@link Candidate#sure}
 * times is known for sure. Ids that come once, millions of them, only push each other out.
 *
 * <p>Confined by its owner's lock.
 *
 * @see <a href="https://doi.org/10.1007/978-3-540-30570-5_27">Metwally, Agrawal, El Abbadi: Efficient Computation of
 *     Frequent and Top-k Elements in Data Streams</a>
 */
final class Candidates {

  /** Someone who is counted. */
  static final class Candidate {

    private String id;
    private long count;
    private long inherited;
    private int place;

    private Candidate(String id, int place) {
      this.id = id;
      this.place = place;
    }

    String id() {
      return id;
    }

    /** Returns how often it came at least. */
    long sure() {
      return count - inherited;
    }
  }

  private final Map<String, Candidate> byId = new HashMap<>();

  /** A heap: no one counts less than the one at {@code (place - 1) / 2}. */
  private final @Nullable Candidate[] heap;

  private int size;

  Candidates(int capacity) {
    this.heap = new Candidate[capacity];
  }

  int size() {
    return size;
  }

  /** Counts someone. */
  Candidate count(String id) {
    Candidate known = byId.get(id);
    if (known == null) {
      known = size < heap.length ? added(id) : replaced(id);
      byId.put(id, known);
    }
    known.count++;
    down(known);
    return known;
  }

  void remove(Candidate candidate) {
    byId.remove(candidate.id);
    size--;
    Candidate last = at(size);
    heap[size] = null;
    if (last != candidate) {
      put(last, candidate.place);
      up(last);
      down(last);
    }
  }

  /** Returns who came most often for sure, or null if there is nobody. */
  @Nullable
  Candidate strongest() {
    Candidate strongest = null;
    for (int place = 0; place < size; place++) {
      if (strongest == null || at(place).sure() > strongest.sure()) {
        strongest = at(place);
      }
    }
    return strongest;
  }

  /** Forgets half of what was, so that the present counts; who is then at nothing is forgotten. */
  void halve() {
    Candidate[] all = Arrays.copyOf(heap, size, Candidate[].class);
    Arrays.fill(heap, null);
    size = 0;
    byId.clear();
    for (Candidate candidate : all) {
      candidate.count /= 2;
      candidate.inherited /= 2;
      if (candidate.count > 0) {
        byId.put(candidate.id, candidate);
        put(candidate, size++);
        up(candidate);
      }
    }
  }

  private Candidate added(String id) {
    Candidate added = new Candidate(id, size);
    put(added, size++);
    up(added);
    return added;
  }

  private Candidate replaced(String id) {
    Candidate rarest = at(0);
    byId.remove(rarest.id);
    rarest.id = id;
    rarest.inherited = rarest.count;
    return rarest;
  }

  private void up(Candidate candidate) {
    int place = candidate.place;
    while (place > 0 && at((place - 1) / 2).count > candidate.count) {
      put(at((place - 1) / 2), place);
      place = (place - 1) / 2;
    }
    put(candidate, place);
  }

  private void down(Candidate candidate) {
    int place = candidate.place;
    for (int child = rarerChild(place);
        child < size && at(child).count < candidate.count;
        child = rarerChild(place)) {
      put(at(child), place);
      place = child;
    }
    put(candidate, place);
  }

  private int rarerChild(int place) {
    int left = 2 * place + 1;
    return left + 1 < size && at(left + 1).count < at(left).count ? left + 1 : left;
  }

  private void put(Candidate candidate, int place) {
    heap[place] = candidate;
    candidate.place = place;
  }

  private Candidate at(int place) {
    Candidate candidate = heap[place];
    if (candidate == null) {
      throw new IllegalStateException("no candidate at " + place + " of " + size);
    }
    return candidate;
  }
}
