package io.engram.cli.state;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a run keeps its state; each part has a directory of its own below. */
public final class StateDirectory {

  private static final String STREAM = "stream.properties";

  private static final List<String> PARTS =
      List.of("kafka", "ingest", "learner", "registry", "predict");
  private static final Logger LOG = LoggerFactory.getLogger(StateDirectory.class);

  private final Path root;

  private StateDirectory(Path root) {
    this.root = root;
  }

  /**
   * Creates the directory if need be. It is its owner's alone: it holds data of others, and the registry's token.
   *
   * @throws StateDirectoryException if it cannot be created or written to
   */
  public static StateDirectory open(Path root) {
    Path absolute = root.toAbsolutePath().normalize();
    try {
      OwnerOnly.create(absolute);
      takeOver(absolute);
      // The answer of Files.isWritable is wrong often enough (read-only mounts, containers).
      Files.delete(Files.createTempFile(absolute, "writable", ".check"));
    } catch (IOException e) {
      throw new StateDirectoryException(
          "cannot write to the state directory %s (%s); choose another one with --state DIR"
              .formatted(absolute, e.getClass().getSimpleName()),
          e);
    }
    return new StateDirectory(absolute);
  }

  /** One of an earlier release, readable by all; a directory that others use as well is left as it is. */
  private static void takeOver(Path root) throws IOException {
    boolean ours = PARTS.stream().anyMatch(part -> Files.isDirectory(root.resolve(part)));
    if (ours) {
      try {
        OwnerOnly.take(root);
      } catch (FileSystemException e) {
        LOG.warn("others may look into {}: {}", root, e.getMessage());
      }
    }
  }

  public Path root() {
    return root;
  }

  /** The broker's log. */
  public Path broker() {
    return root.resolve("kafka");
  }

  /** The stores of the role that answers. */
  public Path predict() {
    return root.resolve("predict");
  }

  /** The stores of ingest. */
  public Path ingest() {
    return root.resolve("ingest");
  }

  /** The learner's store. */
  public Path learner() {
    return root.resolve("learner");
  }

  /** The registry's files. */
  public Path registry() {
    return root.resolve("registry");
  }

  /** The log for people. */
  public Path log() {
    return root.resolve("engram.log");
  }

  /**
   * A directory belongs to one stream: what it depends on must be what the first run wrote down.
   *
   * @throws StateDirectoryException if it belongs to another stream; the message says what differs and how to start afresh
   */
  public void requireStream(Map<String, String> stream) {
    Path file = root.resolve(STREAM);
    if (!Files.exists(file)) {
      return;
    }
    Map<String, String> before = read(file);
    Set<String> keys = new LinkedHashSet<>(List.of("source")); // the first thing to say
    keys.addAll(before.keySet());
    keys.addAll(stream.keySet());
    for (String key : keys) {
      String was = before.getOrDefault(key, "not set");
      String is = stream.getOrDefault(key, "not set");
      if (!was.equals(is)) {
        throw new StateDirectoryException(
            ("the state directory %s belongs to a stream with %s '%s', not '%s'; "
                    + "use another one with --state DIR, or delete it to start afresh")
                .formatted(root, key, was, is));
      }
    }
  }

  /** Writes down what the stream depends on, before its first record is sent. */
  public void rememberStream(Map<String, String> stream) {
    Path file = root.resolve(STREAM);
    if (!Files.exists(file)) {
      write(file, stream);
    }
  }

  private static Map<String, String> read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new StateDirectoryException("cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
    Map<String, String> values = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
    return values;
  }

  private static void write(Path file, Map<String, String> stream) {
    Properties properties = new Properties();
    properties.putAll(stream);
    Path fresh = file.resolveSibling(STREAM + ".new");
    try {
      try (Writer writer = Files.newBufferedWriter(fresh, StandardCharsets.UTF_8)) {
        properties.store(writer, "What the stream in this directory depends on");
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new StateDirectoryException("cannot write %s: %s".formatted(file, e.getMessage()), e);
    }
  }
}
