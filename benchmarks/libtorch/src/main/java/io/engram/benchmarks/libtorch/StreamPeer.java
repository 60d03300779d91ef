package io.engram.benchmarks.libtorch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.global.torch;

/**
 * Answers {@code way rule time|check file} about a file of steps, way {@code flat} (by hand) or {@code autograd}, rule {@code ours} or {@code
 * lamaml}: the nanoseconds of this one thread that all steps take, or how far its weights end from those in the file, as a share of the way gone.
 */
@SuppressWarnings({
  "try",
  "UnsafeFinalization"
}) // scopes and guards work by being open; see Network
final class StreamPeer {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private StreamPeer() {}

  public static void main(String[] arguments) throws IOException {
    torch.set_num_threads(1);
    BufferedReader questions =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = questions.readLine(); line != null; line = questions.readLine()) {
      String[] words = line.split(" ", 4);
      System.out.println("ANSWER " + answer(words[0], words[1], words[2], Path.of(words[3])));
      System.out.flush();
    }
  }

  private static double answer(String way, String rule, String question, Path file)
      throws IOException {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      StreamTrace trace = new StreamTrace(file);
      StreamNetwork network =
          way.equals("flat") ? new FlatNetwork(trace.start) : new LayeredNetwork();
      StreamSteps steps =
          rule.equals("ours")
              ? new ReplaySteps(trace, network)
              : new LookAheadSteps(trace, network);
      long start = THREADS.getCurrentThreadCpuTime();
      steps.run();
      long taken = THREADS.getCurrentThreadCpuTime() - start;
      return question.equals("time") ? taken : trace.apart(steps.theta());
    }
  }
}
