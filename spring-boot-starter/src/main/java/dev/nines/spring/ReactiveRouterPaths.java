package dev.nines.spring;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/** Reads the paths of reactive functional routes, nested ones with the paths that they stand under. */
final class ReactiveRouterPaths implements RouterFunctions.Visitor {

  private final Deque<String> nested = new ArrayDeque<>();
  private final List<String> paths = new ArrayList<>();

  private ReactiveRouterPaths() {}

  static List<String> of(RouterFunction<?> routes) {
    ReactiveRouterPaths visitor = new ReactiveRouterPaths();
    routes.accept(visitor);
    return visitor.paths;
  }

  @Override
  public void startNested(RequestPredicate predicate) {
    List<String> own = PredicatePaths.of(predicate);
    nested.push(prefix() + (own.isEmpty() ? "" : own.get(0)));
  }

  @Override
  public void endNested(RequestPredicate predicate) {
    nested.pop();
  }

  @Override
  public void route(RequestPredicate predicate, HandlerFunction<?> handler) {
    PredicatePaths.of(predicate).forEach(path -> paths.add(prefix() + path));
  }

  private String prefix() {
    return nested.isEmpty() ? "" : nested.peek();
  }

  @Override
  public void resources(Function<ServerRequest, Mono<Resource>> lookup) {}

  @Override
  public void attributes(Map<String, Object> attributes) {}

  @Override
  public void unknown(RouterFunction<?> routes) {}

  /** Reads the paths that a predicate names. */
  private static final class PredicatePaths implements RequestPredicates.Visitor {

    private final List<String> paths = new ArrayList<>();

    static List<String> of(RequestPredicate predicate) {
      PredicatePaths visitor = new PredicatePaths();
      predicate.accept(visitor);
      return visitor.paths;
    }

    @Override
    public void path(String pattern) {
      paths.add(pattern);
    }

    @Override
    public void method(Set<HttpMethod> methods) {}

    @Override
    @SuppressWarnings("removal") // still asked for
    public void pathExtension(String extension) {}

    @Override
    public void header(String name, String value) {}

    @Override
    public void queryParam(String name, String value) {}

    @Override
    public void version(String version) {}

    @Override
    public void startAnd() {}

    @Override
    public void and() {}

    @Override
    public void endAnd() {}

    @Override
    public void startOr() {}

    @Override
    public void or() {}

    @Override
    public void endOr() {}

    @Override
    public void startNegate() {}

    @Override
    public void endNegate() {}

    @Override
    public void unknown(RequestPredicate predicate) {}
  }
}
