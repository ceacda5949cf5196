package dev.nines.examples.quickstart;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A method, a path template such as {@code /orders/{id}}, and who serves it. */
record Route(String method, List<String> template, Router.Handler handler) {

  static Route of(String route, Router.Handler handler) {
    String[] methodAndPath = route.split(" ", 2);
    return new Route(methodAndPath[0], segments(methodAndPath[1]), handler);
  }

  boolean matches(String path) {
    List<String> segments = segments(path);
    return segments.size() == template.size()
        && IntStream.range(0, segments.size())
            .allMatch(i -> isValue(template.get(i))
                ? !segments.get(i).isEmpty()
                : template.get(i).equals(segments.get(i)));
  }

  /** Returns what stands in a matching path in the place of each {@code {name}}. */
  Map<String, String> values(String path) {
    List<String> segments = segments(path);
    return IntStream.range(0, template.size())
        .filter(i -> isValue(template.get(i)))
        .boxed()
        .collect(Collectors.toMap(
            i -> template.get(i).substring(1, template.get(i).length() - 1), segments::get));
  }

  @Override
  public String toString() {
    return method + " " + String.join("/", template);
  }

  private static boolean isValue(String segment) {
    return segment.startsWith("{");
  }

  private static List<String> segments(String path) {
    return List.of(path.split("/", -1));
  }
}
