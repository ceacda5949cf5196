package dev.nines.spring;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

/** A filter before all others, those of the highest precedence included, so that none can answer unseen. */
final class FirstFilter extends FilterRegistrationBean<Filter> implements PriorityOrdered {

  FirstFilter(Filter filter) {
    super(filter);
    setName("nines");
    setOrder(Ordered.HIGHEST_PRECEDENCE);
    setAsyncSupported(true);
    setDispatcherTypes(
        EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
  }
}
