package dev.nines.examples.quickstart;

/** Starts the quickstart; see {@link Config} for the environment variables that it reads. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    System.err.println("hi");
  }
}
