package dev.nines.ops.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Makes deployments of the versions that ran and the verdicts that were reached. */
final class Deployments {

  static final String STAYED = "STAYED";
  static final String ROLLED_BACK = "ROLLED_BACK";

  /** A verdict belongs to the deployment of its version that began at most as long before. */
  private static final Duration JUDGED_WITHIN = Duration.ofHours(24);

  private Deployments() {}

  static List<ServiceReport.Deployment> of(
      List<Versions.Run> runs, List<Verdicts.Judged> verdicts) {
    List<ServiceReport.Deployment> all = new ArrayList<>();
    List<Verdicts.Judged> open = new ArrayList<>(verdicts);
    for (Versions.Run run : runs) {
      if (run.wasThere() || isComingBack(run, runs)) {
        continue;
      }
      Optional<Verdicts.Judged> verdict =
          open.stream().filter(judged -> isAbout(judged, run)).findFirst();
      verdict.ifPresent(open::remove);
      String seen = wasRolledBack(run, runs) ? ROLLED_BACK : STAYED;
      all.add(new ServiceReport.Deployment(
          run.from(),
          run.version(),
          verdict.map(Verdicts.Judged::status).orElse(seen),
          verdict.isPresent()));
    }
    open.forEach(judged -> all.add(
        new ServiceReport.Deployment(judged.at(), judged.version(), judged.status(), true)));
    all.sort(Comparator.comparing(ServiceReport.Deployment::at));
    return all;
  }

  private static boolean isAbout(Verdicts.Judged judged, Versions.Run run) {
    return judged.version().equals(run.version())
        && !judged.at().isBefore(run.from().minus(Duration.ofMinutes(5)))
        && judged.at().isBefore(run.from().plus(JUDGED_WITHIN));
  }

  /** One that ran before, and comes again as a later one goes, is brought back by a rollback. */
  private static boolean isComingBack(Versions.Run run, List<Versions.Run> runs) {
    return runs.stream()
            .anyMatch(
                other -> other.version().equals(run.version()) && other.to().isBefore(run.from()))
        && runs.stream().anyMatch(other -> replaced(other, run));
  }

  /** It goes while one that is older stays, or comes back as it goes. */
  private static boolean wasRolledBack(Versions.Run run, List<Versions.Run> runs) {
    return !run.isThere()
        && runs.stream()
            .anyMatch(other -> other.from().isBefore(run.from())
                    && other.to().isAfter(run.to().plus(Versions.BREATH))
                || replaced(run, other) && isComingBack(other, runs));
  }

  private static boolean replaced(Versions.Run former, Versions.Run latter) {
    return !former.version().equals(latter.version())
        && former.from().isBefore(latter.from())
        && Duration.between(former.to(), latter.from()).abs().compareTo(Versions.BREATH) <= 0;
  }
}
