package dev.nines.metrics.watch;

/** What a statement does, by its first word; few values, whatever people write. */
enum SqlOperation {
  SELECT,
  INSERT,
  UPDATE,
  DELETE,
  MERGE,
  WITH,
  CALL,
  CREATE,
  ALTER,
  DROP,
  TRUNCATE,
  OTHER;

  private static final SqlOperation[] NAMED = values();
  private static final String UNKNOWN = "_OTHER";

  /** Reads the first word behind blanks, comments and parentheses; allocates nothing. */
  static SqlOperation of(String sql) {
    int start = SqlScanner.firstWord(sql);
    for (SqlOperation operation : NAMED) {
      String name = operation.name();
      if (sql.regionMatches(true, start, name, 0, name.length())
          && SqlScanner.wordEndsAt(sql, start + name.length())
          && operation != OTHER) {
        return operation;
      }
    }
    return OTHER;
  }

  /** Returns OpenTelemetry's {@code db.operation.name}: {@code SELECT}, {@code BATCH INSERT}. */
  String label(boolean batch) {
    String label = this == OTHER ? UNKNOWN : name();
    return batch ? "BATCH " + label : label;
  }
}
