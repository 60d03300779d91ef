package io.engram.benchmarks.innerloop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Starts the peers. Their class paths (about 300 MB) are resolved by Maven at the first use, from modules of the profile {@code
 * peers} that no build touches otherwise.
 */
final class Peers {

  private static final Set<String> ALL = Set.of("mlp", "conv4-10", "conv4-25", "sinusoid");
  private static final Set<String> DENSE = Set.of("mlp", "sinusoid");
  private static final Set<String> FIRST_ORDER = Set.of("reptile", "fomaml");
  private static final Set<String> EVERY_RULE = Set.of("reptile", "fomaml", "maml");

  private Peers() {}

  static List<Contender> dl4j(int mostThreads) throws IOException {
    String classPath = classPath("dl4j");
    List<Contender> variants = new ArrayList<>();
    for (int threads = 1; threads <= mostThreads; threads++) {
      PeerProcess peer =
          new PeerProcess(command(classPath, "io.engram.benchmarks.dl4j.Dl4jPeer"), threads);
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
      PeerProcess peer = new PeerProcess(command, threads);
      variants.add(peer.variant("libtorch per task" + suffix(threads), "task", ALL, EVERY_RULE));
      variants.add(peer.variant("libtorch batched" + suffix(threads), "batch", DENSE, FIRST_ORDER));
      if (threads == 1) {
        variants.add(peer.variant("libtorch tasks in parallel", "parallel", ALL, FIRST_ORDER));
      }
    }
    return variants;
  }

  private static String suffix(int threads) {
    return threads == 1 ? ", 1 thread" : ", " + threads + " threads";
  }

  private static List<String> command(String classPath, String main) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return List.of(java, "-Xmx2g", "-cp", classPath, main);
  }

  private static String classPath(String peer) throws IOException {
    Path module = Path.of("benchmarks", peer);
    Path classes = module.resolve("target/classes");
    Path file = module.resolve("target/classpath.txt");
    if (!Files.exists(file) || !Files.exists(classes)) {
      resolve(peer, file);
    }
    return classes.toAbsolutePath()
        + System.getProperty("path.separator")
        + Files.readString(file).strip();
  }

  private static void resolve(String peer, Path file) throws IOException {
    Path wrapper = Path.of("mvnw").toAbsolutePath();
    if (!Files.exists(wrapper)) {
      throw new IOException(
          "peers are resolved from a checkout; run the bench from its root, or with --no-peers");
    }
    Process maven =
        new ProcessBuilder(
                wrapper.toString(),
                "-q",
                "-Ppeers",
                "-pl",
                "benchmarks/" + peer,
                "compile",
                "dependency:build-classpath",
                "-Dmdep.outputFile=" + file.toAbsolutePath())
            .inheritIO()
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
