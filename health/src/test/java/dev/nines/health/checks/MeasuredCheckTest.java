package dev.nines.health.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.dependency.Check;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckResult.Status;
import dev.nines.dependency.LocalCheck;
import dev.nines.testing.ManualTime;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuredCheckTest {

  private static final BigDecimal TARGET = new BigDecimal("0.8");
  private static final Duration RPO = Duration.ofHours(24);

  @TempDir
  Path directory;

  private final ManualTime time = new ManualTime().advance(Duration.ofDays(30));

  @Test
  void aBackupsAgeGrowsBetweenRunsAndWhileNoneCanBeFound() throws Exception {
    Check check = UpkeepChecks.backup(directory, "*.dump", RPO, time);
    Published published = Published.by(check);
    Path backup = Files.writeString(directory.resolve("a.dump"), "content");
    Files.setLastModifiedTime(backup, FileTime.from(time.now()));

    assertThat(published.names()).containsExactly("nines_backup_age_seconds[watched]");
    assertThat(published.value()).as("before the first run").isNaN();
    run(check);
    assertThat(published.value()).isZero();
    time.advance(Duration.ofHours(1));
    assertThat(published.value()).isEqualTo(3600);

    Files.delete(backup);
    assertThatThrownBy(() -> run(check)).isInstanceOf(IOException.class);
    time.advance(Duration.ofHours(1));
    assertThat(published.value()).isEqualTo(7200);
  }

  @Test
  void aDateThatIsNotTrustedLeavesTheAgeOfTheLastOneThatWas() throws Exception {
    AtomicReference<Instant> issued = new AtomicReference<>(time.now());
    Check check = UpkeepChecks.secret(issued::get, UpkeepChecks.ROTATION_PERIOD, time);
    Published published = Published.by(check);
    assertThat(published.names()).containsExactly("nines_secret_age_seconds[watched]");
    run(check);

    issued.set(time.now().plus(Duration.ofDays(1)));
    assertThat(run(check).status()).isEqualTo(Status.UNHEALTHY);
    time.advance(Duration.ofMinutes(1));
    assertThat(published.value()).isEqualTo(60);

    issued.set(time.now().plusSeconds(30));
    assertThat(run(check).status()).isEqualTo(Status.HEALTHY);
    assertThat(published.value()).as("clocks differ a little").isZero();
  }

  @Test
  void theEndOfTheFirstCertificateIsToldAndKeptWhenTheFileIsGone() throws Exception {
    Path file = directory.resolve("two.p12");
    TestKeys keys = TestKeys.make(file, "later", -1, 365);
    TestKeys.make(file, "sooner", -1, 21);
    Check check = TlsChecks.certificates(file, TestKeys.PASSWORD.toCharArray(), time);
    Published published = Published.by(check);
    double end = keys.end("sooner").getEpochSecond();

    assertThat(published.names())
        .containsExactly("nines_certificate_expiry_timestamp_seconds[watched]");
    assertThat(published.value()).isNaN();
    run(check);
    assertThat(published.value()).isEqualTo(end);
    Files.delete(file);
    assertThatThrownBy(() -> run(check)).isInstanceOf(IOException.class);
    assertThat(published.value()).isEqualTo(end);
  }

  @Test
  void aQueueTellsHowFullItIs() {
    BlockingQueue<String> queue = new ArrayBlockingQueue<>(4);
    Published published = Published.by(ProcessChecks.queue(queue, 4, TARGET));
    queue.add("one");

    assertThat(published.names()).containsExactly("nines_saturation_ratio[watched]");
    assertThat(published.value()).isEqualTo(0.25);
  }

  @Test
  void anExecutorTellsHowBusyItIs() {
    var executor = new ThreadPoolExecutor(0, 2, 1, TimeUnit.MINUTES, new SynchronousQueue<>());
    try {
      Published published = Published.by(ProcessChecks.executor(executor, TARGET));

      assertThat(published.names()).containsExactly("nines_saturation_ratio[watched]");
      assertThat(published.value()).isZero();
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void whatStandsAroundACheckHandsItsMeasurementsOn() {
    LocalCheck queue = ProcessChecks.queue(new ArrayBlockingQueue<>(4), 4, TARGET);
    Map<String, Check> parts = new LinkedHashMap<>();
    parts.put("mail", queue);
    parts.put("print", Checks.sustained(queue, Duration.ofMinutes(1), time));
    parts.put("plain", run -> CheckResult.healthy());

    assertThat(Published.by(CompositeChecks.all(parts)).names())
        .containsExactly(
            "nines_saturation_ratio[watched.mail]", "nines_saturation_ratio[watched.print]");
    assertThat(Published.by(run -> CheckResult.healthy()).names()).isEmpty();
  }

  private static CheckResult run(Check check) throws Exception {
    return check.run(new TestRun(Duration.ofSeconds(1)));
  }
}
