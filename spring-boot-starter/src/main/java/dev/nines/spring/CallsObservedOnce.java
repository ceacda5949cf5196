package dev.nines.spring;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationPredicate;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/** Leaves out Boot's observation of a call that is guarded. Thread-safe. */
final class CallsObservedOnce implements ObservationPredicate {

  private static final boolean SENDS =
      isPresent("org.springframework.http.client.observation.ClientRequestObservationContext");
  private static final boolean SENDS_REACTIVELY =
      isPresent("org.springframework.web.reactive.function.client.ClientRequestObservationContext");

  private final @Nullable CallRules rules;

  CallsObservedOnce(@Nullable CallRules rules) {
    this.rules = rules;
  }

  private static boolean isPresent(String type) {
    return ClassUtils.isPresent(type, CallsObservedOnce.class.getClassLoader());
  }

  @Override
  public boolean test(String name, Observation.Context context) {
    CallRules known = rules;
    return known == null
        || !(SENDS && Requests.guarded(known, context)
            || SENDS_REACTIVELY && Exchanges.guarded(known, context));
  }

  /** Apart, for a service may have only one kind of client. */
  private static final class Requests {

    static boolean guarded(CallRules rules, Observation.Context context) {
      if (context
          instanceof
          org.springframework.http.client.observation.ClientRequestObservationContext call) {
        var request = call.getCarrier();
        return request != null && rules.guard(request.getURI(), request.getAttributes()) != null;
      }
      return false;
    }
  }

  private static final class Exchanges {

    static boolean guarded(CallRules rules, Observation.Context context) {
      if (context
          instanceof
          org.springframework.web.reactive.function.client.ClientRequestObservationContext call) {
        var builder = call.getCarrier();
        var request = builder == null ? null : builder.build();
        return request != null && rules.guard(request.url(), request.attributes()) != null;
      }
      return false;
    }
  }
}
