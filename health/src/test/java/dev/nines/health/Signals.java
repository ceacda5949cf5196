package dev.nines.health;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Sends signals to processes that a test has started. */
public final class Signals {

  private Signals() {}

  /** @param name as {@code kill} knows it: {@code STOP}, {@code CONT}, {@code KILL} */
  public static void send(String name, List<Long> processes) {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    processes.forEach(each -> command.add(each.toString()));
    try {
      new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted before the signal was sent", e);
    }
  }
}
