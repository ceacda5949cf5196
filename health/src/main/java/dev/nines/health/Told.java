package dev.nines.health;

import dev.nines.endpoint.EndpointResponse;
import java.util.Map;

/**
 * What strangers are told in answer to one question, while the facts hold.
 *
 * @param stamp changes whenever a status in the answer does, also if it has changed back meanwhile
 * @param answers by format
 */
record Told(String stamp, Map<Format, EndpointResponse> answers) {}
