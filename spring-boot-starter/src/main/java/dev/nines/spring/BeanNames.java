package dev.nines.spring;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Names the dependencies that are made of beans.
 *
 * @param property under which the user may choose names, by bean name
 * @param single the name of one that is the only one of its kind
 * @param suffix what the names of such beans end with, and dependencies' don't
 */
record BeanNames(String property, String single, String suffix) {

  /**
   * Names beans.
   *
   * @param beans by bean name
   * @param chosen by the user, by bean name
   * @throws NinesStartException if two are called the same
   */
  <T> Map<String, T> of(Map<String, T> beans, Map<String, String> chosen) {
    Map<String, T> byName = new LinkedHashMap<>();
    beans.forEach((bean, value) -> {
      String name = chosen.getOrDefault(bean, beans.size() == 1 ? single : plain(bean));
      if (byName.put(name, value) != null) {
        throw new NinesStartException(
            property + "." + bean + ": " + name + " (expected: each name once)");
      }
    });
    return byName;
  }

  /** Returns a bean's name as others are written: {@code ordersDataSource} is {@code orders}. */
  private String plain(String bean) {
    String name = bean.length() > suffix.length() && bean.endsWith(suffix)
        ? bean.substring(0, bean.length() - suffix.length())
        : bean;
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
        .replaceAll("[^A-Za-z0-9._-]+", "-")
        .toLowerCase(Locale.ROOT);
  }
}
