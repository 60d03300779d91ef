package io.engram.engine.cuda.device;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** Times of single commands, where {@code -Dengram.cuda.profile=true} asks for them; printed when a sequence is closed. */
final class Profile {

  /** Whether commands are run one by one. */
  static final boolean WANTED = Boolean.getBoolean("engram.cuda.profile");

  private static final System.Logger LOG = System.getLogger(Profile.class.getName());
  private static final Map<String, long[]> TIMES = new TreeMap<>();

  private Profile() {}

  static synchronized void add(Command command, long nanos) {
    String name =
        command instanceof Command.Launch launch
            ? "%s of %d × %d blocks".formatted(launch.kernel(), launch.across(), launch.down())
            : command.getClass().getSimpleName();
    long[] entry = TIMES.computeIfAbsent(name, n -> new long[] {0, Long.MAX_VALUE, 0});
    entry[0]++;
    entry[1] = Math.min(entry[1], nanos);
    entry[2] += nanos;
  }

  static synchronized void print() {
    TIMES.entrySet().stream()
        .sorted(Comparator.comparingLong(entry -> -entry.getValue()[2]))
        .forEach(
            entry ->
                LOG.log(
                    System.Logger.Level.INFO,
                    "%9d times, shortest %9.1f us, together %9.1f ms  %s"
                        .formatted(
                            entry.getValue()[0],
                            entry.getValue()[1] / 1e3,
                            entry.getValue()[2] / 1e6,
                            entry.getKey())));
    TIMES.clear();
  }
}
