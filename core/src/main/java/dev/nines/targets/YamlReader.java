package dev.nines.targets;

import java.util.HashSet;
import java.util.Set;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Reads a declaration's YAML strictly, token by token, so that each complaint has its line and nothing is expanded:
 * anchors, aliases and tags have no use here and are refused.
 */
final class YamlReader {

  private final String file;
  private final Draft draft;
  private final Problems problems;
  private final YAMLParser parser;

  private YamlReader(String file, YAMLParser parser, Draft draft, Problems problems) {
    this.file = file;
    this.parser = parser;
    this.draft = draft;
    this.problems = problems;
  }

  /** Reads the text into the draft; what is wrong goes to the problems. */
  static void read(String file, String text, Draft draft, Problems problems) {
    YAMLFactory factory = new YAMLFactory();
    try (YAMLParser parser = (YAMLParser) factory.createParser(ObjectReadContext.empty(), text)) {
      new YamlReader(file, parser, draft, problems).document();
    } catch (JacksonException e) {
      unreadable(file, e, problems);
    }
  }

  private static void unreadable(String file, JacksonException e, Problems problems) {
    int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
    String problem = e.getOriginalMessage();
    if (e.getCause() instanceof MarkedYamlEngineException yaml) {
      line = yaml.getProblemMark().map(mark -> mark.getLine() + 1).orElse(line);
      problem = yaml.getProblem();
    }
    problems.add(file + ":" + line, problem, "YAML, indented with spaces");
  }

  private void document() {
    if (parser.nextToken() == null) {
      problems.add(file, "empty", "targets: and what is promised, or no file at all");
      return;
    }
    value(Key.ROOT, Schema.DECLARATION);
    if (parser.nextToken() != null) {
      problems.add(place(), "a second document", "one document in the file");
    }
  }

  private void value(Key key, Schema schema) {
    String where = key.equals(Key.ROOT) ? place() : place() + ": " + key;
    if (parser.isCurrentAlias() || parser.getObjectId() != null || parser.getTypeId() != null) {
      problems.add(where, "an anchor, alias or tag", "the value itself");
      parser.skipChildren();
    } else if (schema.kind() != null) {
      scalar(key, schema.kind(), where);
    } else if (parser.currentToken() == JsonToken.START_OBJECT) {
      mapping(key, schema);
    } else {
      problems.add(where, shown(), schema.expected());
      parser.skipChildren();
    }
  }

  private void scalar(Key key, ValueKind kind, String where) {
    JsonToken token = parser.currentToken();
    boolean unquotedName = kind == ValueKind.NAME && token != JsonToken.VALUE_STRING;
    if (!token.isScalarValue() || token == JsonToken.VALUE_NULL || unquotedName) {
      problems.add(where, shown(), kind.expected(""));
      parser.skipChildren();
    } else {
      draft.put(key, kind, parser.getString(), place());
    }
  }

  private void mapping(Key at, Schema schema) {
    Set<String> seen = new HashSet<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      Key key = at.child(name);
      String where = place() + ": " + Check.printable(key.toString());
      if (schema.each() != null) {
        draft.name(key, place());
      }
      parser.nextToken();
      if (!seen.add(name)) {
        problems.add(where, "declared twice, now as " + shown(), "each key once");
        parser.skipChildren();
      } else if (schema.at(name).isEmpty()) {
        unknown(where, name, schema);
      } else {
        value(key, schema.at(name).orElseThrow());
      }
    }
  }

  private void unknown(String where, String name, Schema schema) {
    String guess = Nearest.to(name, schema.keys().keySet())
        .map(n -> n + "? Known here are ")
        .orElse("");
    problems.add(where, "unknown key, with " + shown(), guess + schema.expected());
    parser.skipChildren();
  }

  private String shown() {
    return switch (parser.currentToken()) {
      case START_OBJECT -> "a mapping";
      case START_ARRAY -> "a list";
      case VALUE_NULL -> "nothing";
      default -> parser.getString();
    };
  }

  private String place() {
    return file + ":" + parser.currentTokenLocation().getLineNr();
  }
}
