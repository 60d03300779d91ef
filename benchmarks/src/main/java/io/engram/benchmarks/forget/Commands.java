package io.engram.benchmarks.forget;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.engram.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/** Runs commands in this process and reads the JSON lines they print. */
final class Commands {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Commands() {}

  static List<JsonNode> lines(String... command) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(command);
    List<JsonNode> lines = new ArrayList<>();
    for (String line : out.toString().lines().toList()) {
      try {
        lines.add(JSON.readTree(line));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("not a line of JSON: " + line, e);
      }
    }
    if (lines.isEmpty()) {
      throw new IllegalStateException("'%s' said: %s".formatted(String.join(" ", command), err));
    }
    return lines;
  }
}
