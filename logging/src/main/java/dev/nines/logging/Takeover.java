package dev.nines.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.layout.TTLLLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.AppenderAttachable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Our appender at the root logger in place of those that wrote to the console, until it is undone. Where the user's own
 * configuration writes our lines already, through {@code nines.xml} or an encoder, its appenders stay as they are.
 *
 * <p>Not thread-safe.
 */
final class Takeover {

  private static final String NAME = "NINES";

  private final Logger root;
  private final @Nullable Level levelBefore;
  private final List<Appender<ILoggingEvent>> replaced = new ArrayList<>();
  private final @Nullable JsonAppender ours;
  private final boolean onlyDefaults;
  private final JulBridge jul;

  Takeover(Logger root, LogSettings settings) {
    this.root = root;
    this.levelBefore = root.getLevel();
    this.onlyDefaults = hasOnlyDefaults(root);
    this.ours = !settings.takingOver() || writesOurLines(root) ? null : attach(settings);
    if (settings.level() != null) {
      root.setLevel(settings.level());
    } else if (onlyDefaults) {
      root.setLevel(Level.INFO);
    }
    this.jul = JulBridge.install(root.getLoggerContext());
  }

  private JsonAppender attach(LogSettings settings) {
    JsonAppender appender =
        settings.out() == null ? new JsonAppender() : new JsonAppender(settings.out());
    appender.setName(NAME);
    appender.setSynchronous(settings.synchronous());
    appender.setContext(root.getLoggerContext());
    appender.start();
    root.addAppender(appender);
    for (Appender<ILoggingEvent> present : appendersOf(root)) {
      if (present != appender && writesToConsole(present)) {
        root.detachAppender(present);
        replaced.add(present);
      }
    }
    return appender;
  }

  /** Returns the names of the user's own appenders that were replaced. */
  List<String> replaced() {
    return onlyDefaults ? List.of() : replaced.stream().map(Appender::getName).toList();
  }

  /** Returns whether something the user chose was there before. */
  boolean hasPredecessor() {
    return !onlyDefaults;
  }

  /** Puts everything back; the others are attached before ours goes, so that no line falls between them. */
  void undo() {
    jul.remove();
    replaced.forEach(root::addAppender);
    if (ours != null) {
      root.detachAppender(ours);
      ours.stop();
    }
    root.setLevel(levelBefore);
  }

  /** Returns one like this over what stands there now, the level that was set meanwhile included. */
  Takeover again(LogSettings settings) {
    jul.remove();
    if (ours != null) {
      root.detachAppender(ours);
    }
    Takeover next = new Takeover(root, settings);
    if (ours != null) {
      ours.stop();
    }
    return next;
  }

  /** Returns whether nobody configured Logback, so that it writes its own text lines to the console. */
  private static boolean hasOnlyDefaults(Logger root) {
    List<Appender<ILoggingEvent>> appenders = appendersOf(root);
    return appenders.isEmpty()
        || appenders.size() == 1
            && appenders.get(0) instanceof ConsoleAppender<?> console
            && console.getEncoder() instanceof LayoutWrappingEncoder<?> encoder
            && encoder.getLayout() instanceof TTLLLayout;
  }

  private static boolean writesOurLines(Logger root) {
    return root.getLoggerContext().getLoggerList().stream()
        .flatMap(logger -> appendersOf(logger).stream())
        .anyMatch(Takeover::writesOurLines);
  }

  private static boolean writesOurLines(Appender<ILoggingEvent> appender) {
    return appender instanceof JsonAppender
        || appender instanceof OutputStreamAppender<?> stream
            && stream.getEncoder() instanceof JsonEncoder
        || innerOf(appender).stream().anyMatch(Takeover::writesOurLines);
  }

  private static boolean writesToConsole(Appender<ILoggingEvent> appender) {
    List<Appender<ILoggingEvent>> inner = innerOf(appender);
    return appender instanceof ConsoleAppender<?>
        || !inner.isEmpty() && inner.stream().allMatch(Takeover::writesToConsole);
  }

  @SuppressWarnings("unchecked") // an appender of events wraps appenders of events
  private static List<Appender<ILoggingEvent>> innerOf(Appender<ILoggingEvent> appender) {
    return appender instanceof AppenderAttachable<?> wrapper
        ? appendersOf((AppenderAttachable<ILoggingEvent>) wrapper)
        : List.of();
  }

  private static List<Appender<ILoggingEvent>> appendersOf(
      AppenderAttachable<ILoggingEvent> wrapper) {
    List<Appender<ILoggingEvent>> appenders = new ArrayList<>();
    for (Iterator<Appender<ILoggingEvent>> each = wrapper.iteratorForAppenders();
        each.hasNext(); ) {
      appenders.add(each.next());
    }
    return appenders;
  }
}
