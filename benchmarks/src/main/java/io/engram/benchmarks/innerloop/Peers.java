package io.engram.benchmarks.innerloop;

import io.engram.engine.OpenBlasKernels;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Starts the peers. Their class paths (about 300 MB) are resolved by Maven at the first use, from modules of the profile {@code
 * peers} that no build touches otherwise.
 */
public final class Peers {

  /** The checkout: told by the launcher, or where a test runs. */
  private static final Path HOME = Path.of(System.getProperty("engram.home", "")).toAbsolutePath();

  private static final Set<String> ALL = Set.of("mlp", "conv4-10", "conv4-25", "sinusoid");
  private static final Set<String> DENSE = Set.of("mlp", "sinusoid");
  private static final Set<String> FIRST_ORDER = Set.of("reptile", "fomaml");
  private static final Set<String> EVERY_RULE = Set.of("reptile", "fomaml", "maml");

  private Peers() {}

  static List<Contender> dl4j(int mostThreads) throws IOException {
    String classPath = classPath("dl4j");
    // The OpenBLAS of ND4J gets the kernels that ours gets; libtorch's knows this year's processors
    // by itself.
    Map<String, String> kernels =
        OpenBlasKernels.forThisProcessor()
            .map(value -> Map.of(OpenBlasKernels.VARIABLE, value))
            .orElse(Map.of());
    List<Contender> variants = new ArrayList<>();
    for (int threads = 1; threads <= mostThreads; threads++) {
      PeerProcess peer =
          new PeerProcess(
              command(classPath, "io.engram.benchmarks.dl4j.Dl4jPeer"), threads, kernels);
      variants.add(peer.variant("DL4J fit" + suffix(threads), "fit", ALL, Set.of("reptile")));
    }
    return variants;
  }

  /**
   * Variants that differ in how two cores are used; the best one counts.
   *
   * @param mostThreads threads inside one product; more than 1 only where nothing else runs, or they wait for each other for
   *     seconds
   */
  static List<Contender> libtorch(int mostThreads) throws IOException {
    String classPath = classPath("libtorch");
    List<Contender> variants = new ArrayList<>();
    for (int threads = 1; threads <= mostThreads; threads++) {
      List<String> command =
          new ArrayList<>(command(classPath, "io.engram.benchmarks.libtorch.LibtorchPeer"));
      command.add(Integer.toString(threads));
      PeerProcess peer = new PeerProcess(command, threads, Map.of());
      variants.add(peer.variant("libtorch per task" + suffix(threads), "task", ALL, EVERY_RULE));
      variants.add(peer.variant("libtorch batched" + suffix(threads), "batch", DENSE, FIRST_ORDER));
      if (threads == 1) {
        variants.add(peer.variant("libtorch tasks in parallel", "parallel", ALL, FIRST_ORDER));
      }
    }
    return variants;
  }

  /** Another main class of the module libtorch, on one thread. */
  public static PeerProcess libtorch(String main) throws IOException {
    return new PeerProcess(command(classPath("libtorch"), main), 1, Map.of());
  }

  /**
   * What JMH counts: bytes allocated per task and step, by workload and rule of the engine, e.g. {@code "mlp REPTILE"}. Takes a
   * minute or two.
   */
  static Map<String, Double> allocation(List<Workload> workloads) throws IOException {
    List<String> command =
        new ArrayList<>(command(classPath("jmh"), "io.engram.benchmarks.jmh.AllocationPeer"));
    for (Workload workload : workloads) {
      command.add(
          "%s;%s;%d;%d;%d"
              .formatted(
                  workload.name(),
                  workload.network(),
                  workload.tasks(),
                  workload.support(),
                  workload.steps()));
    }
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    Map<String, Double> bytes = new LinkedHashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ", -1);
        if (words.length == 4 && words[0].equals("ANSWER")) {
          bytes.put(words[1] + " " + words[2], Double.valueOf(words[3]));
        }
      }
    } finally {
      process.destroy();
    }
    if (bytes.isEmpty()) {
      throw new IOException("JMH gave no figures");
    }
    return bytes;
  }

  private static String suffix(int threads) {
    return threads == 1 ? ", 1 thread" : ", " + threads + " threads";
  }

  private static List<String> command(String classPath, String main) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return List.of(java, "-Xmx2g", "-cp", classPath, main);
  }

  private static String classPath(String peer) throws IOException {
    Path module = HOME.resolve("benchmarks").resolve(peer);
    Path classes = module.resolve("target/classes");
    Path file = module.resolve("target/classpath.txt");
    if (!Files.exists(file) || !Files.exists(classes)) {
      resolve(peer);
    }
    return classes.toAbsolutePath()
        + System.getProperty("path.separator")
        + Files.readString(file).strip();
  }

  private static void resolve(String peer) throws IOException {
    Path wrapper = HOME.resolve("mvnw");
    if (!Files.exists(wrapper)) {
      throw new IOException(
          "peers are resolved from a checkout, and "
              + HOME
              + " is none; run ./engram there, or with --no-peers");
    }
    Process maven =
        new ProcessBuilder(
                wrapper.toString(),
                "-q",
                "-Ppeers",
                "-pl",
                "benchmarks/" + peer,
                "-am",
                "process-classes")
            .directory(HOME.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      if (maven.waitFor() != 0) {
        throw new IOException("Maven could not resolve the peer " + peer + ", see above");
      }
    } catch (InterruptedException e) {
      maven.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while Maven resolved the peer " + peer, e);
    }
  }
}
