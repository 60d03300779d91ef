package io.engram.cli.source.omniglot;

import io.engram.cli.source.Cursor;
import io.engram.cli.source.ExampleSource;
import io.engram.cli.source.SessionSource;
import io.engram.cli.source.SourceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Sessions of Omniglot's training characters. */
public final class OmniglotSource implements ExampleSource {

  private final OmniglotArchives archives;
  private final SessionSource sessions;
  private final int classes;

  private OmniglotSource(OmniglotArchives archives, SessionSource sessions, int classes) {
    this.archives = archives;
    this.classes = classes;
    this.sessions = sessions;
  }

  /**
   * What to send.
   *
   * @param directory holds the two official archives
   * @param trainCharacters a file naming the characters to draw from, one {@code Alphabet/characterNN} a line, or "reptile" for the
   *     split of Reptile's published code
   * @param tasks number of sessions, or empty for no end
   */
  public record Settings(
      Path directory,
      String trainCharacters,
      int ways,
      int shots,
      int queries,
      OptionalLong tasks,
      int interleave,
      long seed) {}

  /**
   * Opens the archives.
   *
   * @throws SourceException if they are not there or not whole
   * @throws IllegalArgumentException if ways, shots or queries are more than Omniglot has
   */
  public static OmniglotSource open(Settings settings) {
    OmniglotArchives archives =
        OmniglotArchives.open(settings.directory(), OmniglotArchives.Sampling.AREA);
    OmniglotSessions sessions =
        new OmniglotSessions(
            archives,
            trainCharacters(settings.trainCharacters(), archives.characters()),
            settings.ways(),
            settings.shots(),
            settings.queries(),
            settings.seed());
    return new OmniglotSource(
        archives,
        new SessionSource(sessions, settings.tasks(), settings.interleave(), settings.seed()),
        sessions.classes());
  }

  /** How many it may bring in all: characters, each turned four ways. */
  public int classes() {
    return classes;
  }

  @Override
  public OptionalLong size() {
    return sessions.size();
  }

  @Override
  public boolean finite() {
    return sessions.finite();
  }

  @Override
  public Map<String, String> identity() {
    return sessions.identity();
  }

  @Override
  public String description() {
    return sessions.description();
  }

  @Override
  public Cursor open(long first) {
    return sessions.open(first);
  }

  @Override
  public void close() {
    archives.close();
  }

  private static List<String> trainCharacters(String chosen, List<String> characters) {
    if (chosen.equals("reptile")) {
      return CharacterSplit.of(characters).train();
    }
    Path file = Path.of(chosen);
    List<String> named;
    try {
      named =
          Files.readAllLines(file, StandardCharsets.UTF_8).stream()
              .map(String::strip)
              .filter(line -> !line.isEmpty())
              .toList();
    } catch (IOException e) {
      throw new SourceException("cannot read the list of training characters " + file, e);
    }
    Set<String> known = new HashSet<>(characters);
    for (String name : named) {
      if (!known.contains(name)) {
        throw new SourceException(
            "%s names '%s', which is not a character of Omniglot; expected lines such as %s"
                .formatted(file, name, characters.get(0)));
      }
    }
    return named;
  }
}
