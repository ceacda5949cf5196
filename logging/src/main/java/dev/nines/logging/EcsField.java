package dev.nines.logging;

/**
 * Fields that only lines of the {@code ecs} layouts have; names and types are those of ECS's published reference.
 *
 * @see <a href="https://www.elastic.co/docs/reference/ecs/ecs-field-reference">ECS field reference</a>
 */
enum EcsField {
  ECS_VERSION("ecs.version"),
  EVENT_DATASET("event.dataset"),
  EVENT_KIND("event.kind"),
  EVENT_CATEGORY("event.category"),
  EVENT_TYPE("event.type"),
  EVENT_OUTCOME("event.outcome"),
  EVENT_DURATION("event.duration"),
  REQUEST_METHOD("http.request.method"),
  REQUEST_BYTES("http.request.body.bytes"),
  RESPONSE_STATUS("http.response.status_code"),
  RESPONSE_BYTES("http.response.body.bytes"),
  URL_PATH("url.path"),
  URL_QUERY("url.query"),
  CLIENT_ADDRESS("client.address"),
  CLIENT_IP("client.ip"),
  USER_AGENT("user_agent.original");

  private final FieldKey key;

  EcsField(String name) {
    this.key = new FieldKey(name, name);
  }

  FieldKey key() {
    return key;
  }
}
