package dev.nines.health;

import dev.nines.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Sees each change of a component's condition once, whatever it comes from: a result, an open breaker, or a result that grew
 * too old. Thread-safe; never blocks on those that hear of it.
 */
final class ChangeWatch {

  private final List<ComponentWatch> watches;
  private final TimeSource time;
  private final HealthNews news;

  ChangeWatch(List<ComponentWatch> watches, TimeSource time, HealthNews news) {
    this.watches = List.copyOf(watches);
    this.time = time;
    this.news = news;
  }

  synchronized void look() {
    long nanos = time.nanos();
    Instant date = time.now();
    for (int i = 0; i < watches.size(); i++) {
      watches.get(i).look(nanos, date, news);
    }
  }

  List<ComponentWatch> watches() {
    return watches;
  }

  RecoveryReport.Detection report() {
    long kept = 0;
    long late = 0;
    Duration longest = Duration.ZERO;
    for (ComponentWatch watch : watches) {
      Detections detections = watch.detections();
      kept += detections.kept();
      late += detections.late();
      Duration its = detections.times().longest();
      longest = its.compareTo(longest) > 0 ? its : longest;
    }
    return new RecoveryReport.Detection(kept + late, late, longest);
  }
}
