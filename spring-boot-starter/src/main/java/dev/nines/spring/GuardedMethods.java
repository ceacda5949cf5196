package dev.nines.spring;

import dev.nines.Nines;
import dev.nines.dependency.Guard;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.ComposablePointcut;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Puts a proxy around each bean with {@link GuardedBy}. It asks for the guard when first called, for beans are made before Nines
 * opens; that there is one is known at the end of the start. Thread-safe.
 */
final class GuardedMethods extends AbstractBeanFactoryAwareAdvisingPostProcessor
    implements SmartInitializingSingleton {

  private static final long serialVersionUID = 1L;

  private final transient ObjectProvider<Nines> nines;
  private final transient Map<String, Guard> guards = new ConcurrentHashMap<>();
  private final transient Set<String> names = ConcurrentHashMap.newKeySet();

  GuardedMethods(ObjectProvider<Nines> nines) {
    this.nines = nines;
    setProxyTargetClass(true);
    setBeforeExistingAdvisors(true);
    this.advisor = new DefaultPointcutAdvisor(
        new ComposablePointcut(new AnnotationMatchingPointcut(GuardedBy.class, true))
            .union(new AnnotationMatchingPointcut(null, GuardedBy.class, true)),
        new GuardedMethod(this::guard));
  }

  private Guard guard(String name) {
    return guards.computeIfAbsent(name, key -> nines.getObject().guard(key));
  }

  /** Looks at each method of a bean's class, but not of Spring's own hundreds of beans: that took a tenth of the start. */
  @Override
  protected boolean isEligible(Class<?> type) {
    boolean eligible = !type.getName().startsWith("org.springframework.") && super.isEligible(type);
    if (eligible) {
      names.addAll(GuardedMethod.names(type));
    }
    return eligible;
  }

  @Override
  public void afterSingletonsInstantiated() {
    for (String name : names) {
      try {
        guard(name);
      } catch (IllegalArgumentException e) {
        throw new NinesStartException("@GuardedBy: " + e.getMessage(), e);
      }
    }
  }
}
