package io.engram.embeddedkafka;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The embedded broker did not start; the message says where, why and what to do. */
public abstract sealed class EmbeddedKafkaException extends RuntimeException {

  private EmbeddedKafkaException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Another program listens on a port that was asked for. */
  public static final class PortInUse extends EmbeddedKafkaException {

    private final int port;

    PortInUse(String component, int port, Throwable cause) {
      super(
          "the embedded broker cannot listen on 127.0.0.1:"
              + port
              + ": "
              + cause.getMessage()
              + "; stop the program that holds the port, or set "
              + component
              + " to another one (0 picks a free one)",
          cause);
      this.port = port;
    }

    public int port() {
      return port;
    }
  }

  /** Another broker, of this process or another, works in the directory. */
  public static final class DirectoryInUse extends EmbeddedKafkaException {

    DirectoryInUse(Path directory) {
      super(
          "another broker is using the directory "
              + directory
              + "; stop the other process, or set directory to another one",
          null);
    }
  }

  /** The directory cannot be created, written or read. */
  public static final class DirectoryUnusable extends EmbeddedKafkaException {

    DirectoryUnusable(Path directory, Throwable cause) {
      super(
          "the embedded broker cannot use the directory "
              + directory
              + ": "
              + cause
              + "; check owner, permissions and free space, or set directory to another one",
          cause);
    }
  }

  /** Everything was in place and Kafka did not start all the same. */
  public static final class StartFailed extends EmbeddedKafkaException {

    StartFailed(Path directory, Throwable cause) {
      super("the embedded broker in " + directory + " did not start: " + cause, cause);
    }

    StartFailed(Path directory, Duration timeout) {
      super(
          "the embedded broker in "
              + directory
              + " was not ready within "
              + timeout.toMillis()
              + " ms; its log says how far it came; a slow machine or a long log to recover needs a"
              + " larger startTimeout",
          null);
    }
  }
}
