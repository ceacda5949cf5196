package dev.nines.health;

import dev.nines.lifecycle.Lifecycle.State;

/** The four questions that a platform or a person asks, each with its path. */
enum View {
  /** Everything. While draining it goes on to tell of the parts. */
  HEALTH("/health") {
    @Override
    boolean shows(Component component) {
      return true;
    }

    @Override
    Condition overall(Facts facts) {
      boolean refused = facts.state() == State.READY && !facts.ready();
      return refused ? Condition.UNHEALTHY : facts.worstEffect(this);
    }
  },

  /** May traffic come? */
  READY("/ready") {
    @Override
    boolean shows(Component component) {
      return component.gates();
    }

    @Override
    Condition overall(Facts facts) {
      return facts.ready() ? facts.worstEffect(this) : Condition.UNHEALTHY;
    }
  },

  /** Would a restart help? Only what looks at this process alone may say so; what is unknown says nothing. */
  LIVE("/live") {
    @Override
    boolean shows(Component component) {
      return component.live();
    }

    @Override
    Condition overall(Facts facts) {
      return facts.worstKnown(this);
    }
  },

  /** Is the start over? What the checks found does not matter here, only that they looked. */
  STARTUP("/startup") {
    @Override
    boolean shows(Component component) {
      return component.gates();
    }

    @Override
    Condition overall(Facts facts) {
      return facts.started() ? Condition.HEALTHY : Condition.UNHEALTHY;
    }
  };

  private final String path;

  View(String path) {
    this.path = path;
  }

  String path() {
    return path;
  }

  abstract boolean shows(Component component);

  abstract Condition overall(Facts facts);
}
