package io.engram.cli.state;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LoggingTest {

  private static final Logger LOG = LoggerFactory.getLogger("io.engram.test");

  private final Path file;

  LoggingTest(@TempDir Path directory) {
    this.file = directory.resolve("engram.log");
    Logging.toFile(file, false);
  }

  @AfterEach
  void off() {
    Logging.off();
  }

  @Test
  void whatOthersSentStaysInItsLine() throws IOException {
    LOG.warn("key '{}'", "a\r\n2026-01-01 00:00:00,000 ERROR main forged: x\u001b[2J");

    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0)).contains("a\\r\\n2026", "\\u001b[2J").doesNotContain("\u001b");
  }

  @Test
  void noLineOfAFailureLooksLikeOneOfTheLog() throws IOException {
    LOG.error(
        "it failed",
        new IllegalStateException("bad\n2026-01-01 00:00:00,000 ERROR main forged: x\u001b[2J"));

    List<String> lines = Files.readAllLines(file);
    assertThat(lines.get(0)).endsWith("it failed");
    assertThat(lines.subList(1, lines.size()))
        .isNotEmpty()
        .allMatch(line -> line.startsWith("\t") || line.startsWith("  "))
        .noneMatch(line -> line.contains("\u001b"));
    assertThat(lines.get(1)).contains("IllegalStateException: bad");
  }

  @Test
  void asJsonEachLineIsAnObject() throws IOException {
    PrintStream before = System.err;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    try {
      Logging.toConsole(new LogStyle(true, Level.DEBUG));
      LOG.debug("key '{}'", "a\nb");
      LOG.error("it failed", new IllegalStateException("bad\nworse"));
      Logging.toConsole(LogStyle.USUAL);
      LOG.debug("nobody sees this");
    } finally {
      System.setErr(before);
    }
    List<String> lines = written.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(2);
    JsonNode first = new ObjectMapper().readTree(lines.get(0));
    assertThat(first.path("level").asText()).isEqualTo("DEBUG");
    assertThat(first.path("formattedMessage").asText()).isEqualTo("key 'a\nb'");
    assertThat(new ObjectMapper().readTree(lines.get(1)).path("throwable").path("message").asText())
        .isEqualTo("bad\nworse");
  }

  @Test
  void theFileTakesFormatAndLevelToo() throws IOException {
    Logging.toFile(file, false, new LogStyle(true, Level.DEBUG));
    LOG.debug("key '{}'", "a\nb");
    Logging.toFile(file, false, new LogStyle(false, Level.ERROR));
    LOG.warn("nobody sees this");

    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(1);
    JsonNode line = new ObjectMapper().readTree(lines.get(0));
    assertThat(line.path("level").asText()).isEqualTo("DEBUG");
    assertThat(line.path("formattedMessage").asText()).isEqualTo("key 'a\nb'");
  }

  @Test
  void oneStatementIsNotWrittenTenThousandTimes() throws IOException {
    for (int i = 0; i < 10_000; i++) {
      LOG.warn("record {} is bad", i);
      LOG.debug("nobody sees {}", i);
    }
    LOG.warn("something else");

    assertThat(Files.readAllLines(file)).hasSize(6);
  }
}
