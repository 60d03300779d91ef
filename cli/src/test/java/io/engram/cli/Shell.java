package io.engram.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;

/** Runs a command line in this process. */
final class Shell {

  private Shell() {}

  /** What a command left behind. */
  record Outcome(int exitCode, String out, String err) {

    /** The last line of the output, a JSON object. */
    JsonNode lastJson() throws JsonProcessingException {
      List<String> lines = out.lines().toList();
      return new ObjectMapper().readTree(lines.get(lines.size() - 1));
    }

    List<String> errorLines() {
      return err.lines().toList();
    }
  }

  static Outcome run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        Main.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(args);
    return new Outcome(exitCode, out.toString(), err.toString());
  }

  /** {@code run} with JSON and ports of its own. */
  static Outcome engramRun(String... args) {
    return run(
        Stream.concat(
                Stream.of(
                    "run",
                    "--json",
                    "--set",
                    "broker.port=0",
                    "--set",
                    "ops.run-port=0",
                    "--set",
                    "registry.http.port=0"),
                Stream.of(args))
            .toArray(String[]::new));
  }
}
