package io.engram.benchmarks.libtorch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.global.torch;

/**
 * Answers {@code variant workload rule millis} with the nanoseconds of one meta-batch. Variants: {@code task} after task, tasks in
 * {@code parallel} on two Java threads, or all in one {@code batch} with a leading task dimension.
 */
@SuppressWarnings("UnsafeFinalization") // see Network
final class LibtorchPeer {

  private LibtorchPeer() {}

  public static void main(String[] arguments) throws IOException {
    torch.set_num_threads(Integer.parseInt(arguments[0]));
    Map<String, MetaBatch> loaded = new HashMap<>();
    BufferedReader questions =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = questions.readLine(); line != null; line = questions.readLine()) {
      String[] words = line.split(" ", -1);
      boolean batched = words[0].equals("batch");
      MetaBatch batch = loaded.computeIfAbsent(words[1] + batched, key -> load(words[1], batched));
      boolean parallel = words[0].equals("parallel");
      System.out.println(
          "ANSWER " + measure(batch, words[2], parallel, Integer.parseInt(words[3])));
      System.out.flush();
    }
  }

  private static MetaBatch load(String workload, boolean batched) {
    return switch (workload) {
      case "mlp" -> new MetaBatch(Network.MLP, 32, 25, batched);
      case "sinusoid" -> new MetaBatch(Network.SINUSOID, 25, 10, batched);
      case "conv4-10" -> new MetaBatch(Network.CONV4, 5, 10, false);
      case "conv4-25" -> new MetaBatch(Network.CONV4, 5, 25, false);
      default -> throw new IllegalArgumentException("unknown workload " + workload);
    };
  }

  private static double measure(MetaBatch batch, String rule, boolean parallel, int millis) {
    long start = System.nanoTime();
    long end = start + millis * 1_000_000L;
    int calls = 0;
    long now;
    do {
      IntStream pieces = IntStream.range(0, batch.pieces());
      (parallel ? pieces.parallel() : pieces).forEach(i -> batch.run(rule));
      calls++;
      now = System.nanoTime();
    } while (now < end);
    return (double) (now - start) / calls;
  }
}
