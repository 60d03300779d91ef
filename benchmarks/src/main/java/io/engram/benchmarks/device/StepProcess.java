package io.engram.benchmarks.device;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A step in a process of its own, its output passed on line by line, killed where it does not end in time. */
final class StepProcess {

  private StepProcess() {}

  /**
   * Runs to the end.
   *
   * @param seconds after which it is killed
   * @return why it did not end well, empty if it did
   */
  static String run(List<String> arguments, double seconds, Consumer<String> say) {
    Process process;
    try {
      process =
          new ProcessBuilder(ChildProcess.command(arguments)).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new UncheckedIOException("no second process can be started", e);
    }
    // What the step has started itself, such as the peer, would hold the output open.
    Thread passing = new Thread(() -> pass(process, say), "step-output");
    passing.setDaemon(true);
    passing.start();
    try {
      boolean ended = process.waitFor((long) (seconds * 1e3), TimeUnit.MILLISECONDS);
      if (!ended) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
      passing.join(1000);
      if (!ended) {
        return "killed after %.0f s".formatted(seconds);
      }
      return process.exitValue() == 0 ? "" : "ended with code " + process.exitValue();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  private static void pass(Process process, Consumer<String> say) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        say.accept(line);
      }
    } catch (IOException e) {
      say.accept("its output broke off: " + e.getMessage());
    }
  }
}
