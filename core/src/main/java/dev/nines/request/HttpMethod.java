package dev.nines.request;

/** The methods that OpenTelemetry knows; any other counts as {@code _OTHER}, so that a client cannot make series. */
public enum HttpMethod {
  GET("GET"),
  HEAD("HEAD"),
  POST("POST"),
  PUT("PUT"),
  DELETE("DELETE"),
  CONNECT("CONNECT"),
  OPTIONS("OPTIONS"),
  TRACE("TRACE"),
  PATCH("PATCH"),
  OTHER("_OTHER");

  private final String label;

  HttpMethod(String label) {
    this.label = label;
  }

  /** Returns the method of that name (case-sensitive, as HTTP has it), else {@link #OTHER}. */
  public static HttpMethod of(String name) {
    return switch (name) {
      case "GET" -> GET;
      case "HEAD" -> HEAD;
      case "POST" -> POST;
      case "PUT" -> PUT;
      case "DELETE" -> DELETE;
      case "CONNECT" -> CONNECT;
      case "OPTIONS" -> OPTIONS;
      case "TRACE" -> TRACE;
      case "PATCH" -> PATCH;
      default -> OTHER;
    };
  }

  /** Returns the value of {@code http_request_method}. */
  public String label() {
    return label;
  }

  /** Returns how it begins a span's name; OpenTelemetry writes {@code HTTP} for methods that it does not know. */
  String spanLabel() {
    return this == OTHER ? "HTTP" : label;
  }
}
