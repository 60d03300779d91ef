package io.engram.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.cli.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A program that a test starts, watches and ends. It never outlives the test's process. */
final class ChildProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(150);

  private final String name;
  private final Process process;
  private final Path out;
  private final Path err;

  private ChildProcess(String name, Process process, Path out, Path err) {
    this.name = name;
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts a program. Of this process's environment it gets what does not begin with {@code ENGRAM_}.
   *
   * @param directory where its output is written to
   */
  static ChildProcess start(
      String name, List<String> command, Map<String, String> environment, Path directory) {
    try {
      Files.createDirectories(directory);
      Path out = Files.createTempFile(directory, name, ".out");
      Path err = Files.createTempFile(directory, name, ".err");
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
      builder.environment().keySet().removeIf(variable -> variable.startsWith("ENGRAM_"));
      builder.environment().putAll(environment);
      Process process = builder.start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      return new ChildProcess(name, process, out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The program {@code engram}, on this JVM and its class path, for a short life: little is compiled. */
  static List<String> engram(String heap, List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                javaExecutable(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(arguments);
    return command;
  }

  static String javaExecutable() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  String out() {
    return read(out);
  }

  String err() {
    return read(err);
  }

  /** Waits for the pattern in its output; fails if the program ends without it. */
  MatchResult awaitLine(Pattern pattern) {
    return await(pattern, out);
  }

  /** The same, on its standard error. */
  MatchResult awaitErrorLine(Pattern pattern) {
    return await(pattern, err);
  }

  private MatchResult await(Pattern pattern, Path file) {
    return Awaitility.await(name + " says " + pattern)
        .atMost(PATIENCE)
        .until(
            () -> {
              boolean ended = !process.isAlive();
              Matcher matcher = pattern.matcher(read(file));
              boolean found = matcher.find();
              assertThat(found || !ended).as("%s has ended: %s", name, err()).isTrue();
              return found ? Optional.of(matcher.toMatchResult()) : Optional.<MatchResult>empty();
            },
            Optional::isPresent)
        .orElseThrow();
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** SIGINT, as Ctrl-C sends it. */
  void interrupt() {
    int exitCode = run(List.of("kill", "-INT", Long.toString(process.pid())));
    assertThat(exitCode).as("kill -INT").isZero();
  }

  /** SIGSTOP: it is there, and does nothing. */
  void suspend() {
    signal("STOP");
  }

  /** SIGCONT. */
  void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    assertThat(run(List.of("kill", "-" + name, Long.toString(process.pid())))).isZero();
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly();
  }

  /** Waits for the end. */
  int awaitExit(Duration atMost) {
    try {
      assertThat(process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS))
          .as("%s ends within %s", name, atMost)
          .isTrue();
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    awaitExit(PATIENCE);
  }

  /**
   * The command as a person at a terminal would start it. Where this process was started in the background of a script, its
   * children ignore SIGINT unless told otherwise.
   */
  static List<String> interruptible(List<String> command) {
    List<String> prefix = List.of("env", "--default-signal=INT");
    if (run(append(prefix, List.of("true"))) != 0) {
      return command;
    }
    return append(prefix, command);
  }

  /** Runs a program to its end, its output with the test's. */
  static int run(List<String> command) {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static List<String> append(List<String> first, List<String> second) {
    List<String> both = new ArrayList<>(first);
    both.addAll(second);
    return both;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
