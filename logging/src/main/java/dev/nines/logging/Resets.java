package dev.nines.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggerContextListener;
import ch.qos.logback.core.spi.ConfigurationEvent;
import ch.qos.logback.core.spi.ConfigurationEventListener;

/**
 * Keeps what was set up while Logback is reset, as it is when a {@code logback.xml} with {@code scan="true"} has changed: at
 * once, so that nothing said meanwhile is lost, and again once the new configuration stands.
 */
final class Resets implements LoggerContextListener, ConfigurationEventListener {

  private final LoggerContext logback;
  private final LogbackSetup setup;

  private Resets(LoggerContext logback, LogbackSetup setup) {
    this.logback = logback;
    this.setup = setup;
  }

  static Resets listen(LoggerContext logback, LogbackSetup setup) {
    Resets resets = new Resets(logback, setup);
    logback.addListener(resets);
    logback.addConfigurationEventListener(resets);
    return resets;
  }

  /** Stops; Logback forgets no listener of configurations, so this one then hears them in vain. */
  void forget() {
    logback.removeListener(this);
  }

  @Override
  public boolean isResetResistant() {
    return true;
  }

  @Override
  public void onReset(LoggerContext context) {
    setup.keepIn(context);
    setup.takeOverAgain();
  }

  @Override
  public void listen(ConfigurationEvent event) {
    boolean ended =
        switch (event.getEventType()) {
          case CONFIGURATION_ENDED_SUCCESSFULLY, CONFIGURATION_ENDED_WITH_XML_PARSING_ERRORS ->
            true;
          default -> false;
        };
    if (ended && logback.getCopyOfListenerList().contains(this)) {
      setup.takeOverAgain();
    }
  }

  @Override
  public void onStart(LoggerContext context) {}

  @Override
  public void onStop(LoggerContext context) {}

  @Override
  public void onLevelChange(Logger logger, Level level) {}
}
