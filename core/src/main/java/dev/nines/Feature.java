package dev.nines;

/**
 * Something that presents what core measures and decides: health endpoints, metrics, logs, or a part of the user's own.
 *
 * <p>Installed explicitly with {@link NinesBuilder#install}, or found by {@link NinesBuilder#discover()} through
 * {@link java.util.ServiceLoader}; for that it has a public constructor without parameters that gives its defaults.
 */
public interface Feature {

  /** Returns a short name, such as {@code health}; two features of one name are refused. */
  String name();

  /**
   * Attaches to what it needs. Called once, before the first request; a failure ends the start.
   */
  void install(FeatureContext context);
}
