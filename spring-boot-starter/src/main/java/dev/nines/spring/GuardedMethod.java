package dev.nines.spring;

import dev.nines.dependency.Guard;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/** Calls a method through the guard that its {@link GuardedBy} names. Thread-safe. */
final class GuardedMethod implements MethodInterceptor {

  private static final boolean REACTIVE =
      ClassUtils.isPresent("reactor.core.publisher.Flux", GuardedMethod.class.getClassLoader());

  private final Function<String, Guard> guards;
  private final Map<Method, Guard> byMethod = new ConcurrentHashMap<>();

  GuardedMethod(Function<String, Guard> guards) {
    this.guards = guards;
  }

  /** Returns the dependencies that a type names. */
  static Set<String> names(Class<?> type) {
    return Stream.of(ReflectionUtils.getUniqueDeclaredMethods(type))
        .map(method -> annotation(method, type))
        .flatMap(Stream::ofNullable)
        .map(GuardedBy::value)
        .collect(Collectors.toSet());
  }

  private static @Nullable GuardedBy annotation(Method method, Class<?> type) {
    GuardedBy own = AnnotatedElementUtils.findMergedAnnotation(method, GuardedBy.class);
    return own == null ? AnnotatedElementUtils.findMergedAnnotation(type, GuardedBy.class) : own;
  }

  @Override
  public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
    Class<?> type = AopUtils.getTargetClass(invocation.getThis());
    Method method = AopUtils.getMostSpecificMethod(invocation.getMethod(), type);
    Guard guard = byMethod.computeIfAbsent(method, key -> guard(key, type));
    Class<?> returned = method.getReturnType();
    if (CompletionStage.class.isAssignableFrom(returned)
        && returned.isAssignableFrom(CompletableFuture.class)) {
      return guard.callAsync(() -> (CompletionStage<?>) proceed(invocation));
    }
    return REACTIVE && GuardedPublishers.isOne(returned)
        ? GuardedPublishers.guarded(guard, returned, () -> proceed(invocation))
        : guard.call(() -> proceed(invocation));
  }

  private Guard guard(Method method, Class<?> type) {
    GuardedBy by = annotation(method, type);
    if (by == null) { // the pointcut asks the same
      throw new IllegalStateException("@GuardedBy: none at " + method);
    }
    return guards.apply(by.value());
  }

  /** Goes on through the rest of the chain, anew with each attempt. What is thrown arrives as it is, checked or not. */
  private static @Nullable Object proceed(MethodInvocation invocation) {
    try {
      return invocation instanceof ProxyMethodInvocation repeatable
          ? repeatable.invocableClone().proceed()
          : invocation.proceed();
    } catch (Throwable thrown) {
      throw GuardedMethod.<RuntimeException>unchecked(thrown);
    }
  }

  @SuppressWarnings(
      "unchecked") // the compiler believes it; the caller declares what the method throws
  private static <X extends Throwable> X unchecked(Throwable thrown) throws X {
    throw (X) thrown;
  }
}
