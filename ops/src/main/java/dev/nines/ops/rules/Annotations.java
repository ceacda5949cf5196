package dev.nines.ops.rules;

import java.util.LinkedHashMap;
import java.util.Map;

/** What every alert says besides its name. */
record Annotations(Form form) {

  /** Returns summary, description, and where to read on. */
  Map<String, String> of(Alert alert, String description) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("summary", form.service() + ": " + alert.meaning());
    texts.put("description", description);
    texts.put("runbook_url", form.runbook(alert));
    texts.put("dashboard_url", form.dashboard());
    return texts;
  }
}
