package dev.nines.spring;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** The beans of a type that others may be given: not those that stand only behind another. */
final class CandidateBeans {

  private CandidateBeans() {}

  static <T> Map<String, T> of(ConfigurableListableBeanFactory beans, Class<T> type) {
    Map<String, T> candidates = new LinkedHashMap<>();
    for (String name : BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, type)) {
      if (isCandidate(beans, name)) {
        candidates.put(name, beans.getBean(name, type));
      }
    }
    return candidates;
  }

  private static boolean isCandidate(ConfigurableListableBeanFactory beans, String name) {
    if (!beans.containsBeanDefinition(name)) {
      return true;
    }
    BeanDefinition definition = beans.getMergedBeanDefinition(name);
    return definition.isAutowireCandidate();
  }
}
