package dev.nines.health;

import dev.nines.endpoint.EndpointResponse;
import java.util.EnumMap;
import java.util.Map;

/**
 * Facts, and the answers that strangers get while these hold. Immutable.
 *
 * @param facts what the answers tell
 * @param answers by view and format
 */
record Snapshot(Facts facts, Map<View, Map<Format, EndpointResponse>> answers) {

  static Snapshot of(Facts facts, HealthJson json) {
    Map<View, Map<Format, EndpointResponse>> answers = new EnumMap<>(View.class);
    for (View view : View.values()) {
      Map<Format, EndpointResponse> forms = new EnumMap<>(Format.class);
      for (Format format : Format.values()) {
        forms.put(format, json.render(view, format, facts, false));
      }
      answers.put(view, forms);
    }
    return new Snapshot(facts, answers);
  }

  EndpointResponse answer(View view, Format format) {
    return answers.get(view).get(format);
  }
}
