package io.engram.benchmarks.innerloop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A peer in a process of its own that answers one line for each line asked; of the inner loop, {@code variant workload rule millis} → nanoseconds
 * of one meta-batch. Lines of a peer that do not start with {@value #ANSWER} are its libraries talking and are skipped.
 */
public final class PeerProcess implements AutoCloseable {

  private static final String ANSWER = "ANSWER ";

  private final Process process;
  private final BufferedReader answers;
  private final Writer questions;

  /**
   * Starts a peer whose native libraries use {@code threads} threads each.
   *
   * @param settings variables of its environment, where the user has not set them
   */
  PeerProcess(List<String> command, int threads, Map<String, String> settings) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    settings.forEach(builder.environment()::putIfAbsent);
    builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
    builder.environment().put("OPENBLAS_NUM_THREADS", Integer.toString(threads));
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    process = builder.start();
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    questions = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
  }

  /** One variant of the peer as a contender. */
  Contender variant(String name, String variant, Set<String> workloads, Set<String> rules) {
    return new Contender() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public boolean runs(Workload workload, String rule) {
        return workloads.contains(workload.name()) && rules.contains(rule);
      }

      @Override
      public double measure(Workload workload, String rule, int millis) {
        return ask(variant + " " + workload.name() + " " + rule + " " + millis);
      }

      @Override
      public void close() {
        PeerProcess.this.close();
      }
    };
  }

  /** The answer to one line; not a number where the peer ended instead. */
  public synchronized double ask(String question) {
    try {
      questions.write(question + "\n");
      questions.flush();
      String line = answers.readLine();
      while (line != null && !line.startsWith(ANSWER)) {
        line = answers.readLine();
      }
      return line == null ? Double.NaN : Double.parseDouble(line.substring(ANSWER.length()));
    } catch (IOException e) {
      throw new UncheckedIOException("the peer process ended at: " + question, e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
