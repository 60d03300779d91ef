package io.engram.ingest.kafka;

import io.engram.ingest.domain.IngestException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The name of a process in its group, where nobody gives it one: of its host when its state directory was made, and of that directory. It lies in the
 * directory, so that a process that comes back there is the same member, also on another host.
 */
final class InstanceId {

  /** What stands in a configuration for such a name. */
  static final String AUTO = "auto";

  private static final String FILE = "instance-id";
  private static final int LONGEST_HOST = 100;
  private static final int RANDOM_BYTES = 4;

  private InstanceId() {}

  /**
   * The name of the process that has a state directory.
   *
   * @throws IngestException if it cannot be read or written
   */
  static String of(Path stateDir) {
    Path file = stateDir.resolve(FILE);
    try {
      if (Files.exists(file)) {
        String noted = Files.readString(file).strip();
        if (StreamsRun.isInstanceId(noted)) {
          return noted;
        }
      }
      Files.createDirectories(stateDir);
      String made = host() + "-" + token();
      Files.writeString(file, made, StandardCharsets.UTF_8);
      return made;
    } catch (IOException e) {
      throw new IngestException("%s cannot be used: %s".formatted(file, e), e);
    }
  }

  private static String host() {
    String name;
    try {
      name = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      name = "host";
    }
    String plain = name.replaceAll("[^a-zA-Z0-9._-]", "-");
    return plain.substring(0, Math.min(LONGEST_HOST, plain.length()));
  }

  private static String token() {
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
