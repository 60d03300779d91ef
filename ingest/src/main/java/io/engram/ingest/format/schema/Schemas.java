package io.engram.ingest.format.schema;

import io.engram.ingest.format.FormatKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Schemas from a directory, a registry or both, the directory first; what was found is kept. That there is no such schema is kept for a while only,
 * and for so many ids: it may be registered yet.
 */
public final class Schemas implements SchemaSource {

  /** The keys that say where they come from. */
  public static final List<FormatKey> KEYS =
      List.of(
          new FormatKey("registry-url", "", "Address of a schema registry; empty: there is none."),
          new FormatKey("registry-user", "", "Name at the registry; empty: without one."),
          new FormatKey("registry-password", "", "Password at the registry."),
          new FormatKey(
              "registry-dir", "", "Directory with schemas named for their ids, such as 7.avsc."));

  private static final int MOST_KNOWN = 10_000;
  private static final int MOST_UNKNOWN = 10_000;
  private static final long UNKNOWN_NANOS = 30_000_000_000L;

  private final List<SchemaSource> sources;
  private final Map<SchemaId, Lookup> known = new ConcurrentHashMap<>();
  private final Map<SchemaId, Absent> unknown =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SchemaId, Absent> eldest) {
          return size() > MOST_UNKNOWN;
        }
      };

  private record Absent(Lookup said, long at) {}

  Schemas(List<SchemaSource> sources) {
    this.sources = List.copyOf(sources);
  }

  /**
   * As it is set.
   *
   * @return empty where neither registry nor directory is named
   * @throws IllegalArgumentException if a value is not allowed; the message begins with its key
   */
  public static Optional<SchemaSource> of(Map<String, String> options) {
    List<SchemaSource> sources = new ArrayList<>();
    String directory = options.getOrDefault("registry-dir", "");
    if (!directory.isEmpty()) {
      sources.add(new SchemaDirectory(Path.of(directory)));
    }
    String url = options.getOrDefault("registry-url", "");
    if (!url.isEmpty()) {
      sources.add(
          new Registry(
              new RegistryHttp(
                  url,
                  options.getOrDefault("registry-user", ""),
                  options.getOrDefault("registry-password", ""))));
    }
    return sources.isEmpty() ? Optional.empty() : Optional.of(new Schemas(sources));
  }

  @Override
  public Lookup find(SchemaId id) {
    Lookup kept = known.get(id);
    if (kept != null) {
      return kept;
    }
    Absent absent = absent(id);
    if (absent != null) {
      return absent.said();
    }
    Lookup asked = ask(id);
    if (asked instanceof Lookup.Found && known.size() < MOST_KNOWN) {
      known.put(id, asked);
    } else if (asked instanceof Lookup.Unknown) {
      synchronized (unknown) {
        unknown.put(id, new Absent(asked, System.nanoTime()));
      }
    }
    return asked;
  }

  private @Nullable Absent absent(SchemaId id) {
    synchronized (unknown) {
      Absent absent = unknown.get(id);
      if (absent != null && System.nanoTime() - absent.at() > UNKNOWN_NANOS) {
        unknown.remove(id);
        return null;
      }
      return absent;
    }
  }

  private Lookup ask(SchemaId id) {
    List<String> reasons = new ArrayList<>();
    for (SchemaSource source : sources) {
      Lookup answer = source.find(id);
      if (!(answer instanceof Lookup.Unknown none)) {
        return answer;
      }
      reasons.add(none.reason());
    }
    return new Lookup.Unknown("%s is unknown: %s".formatted(id, String.join("; ", reasons)));
  }
}
