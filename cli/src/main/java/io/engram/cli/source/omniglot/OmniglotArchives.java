package io.engram.cli.source.omniglot;

import io.engram.cli.source.SourceException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;

/**
 * The two official archives of Omniglot (Lake et al. 2015), read in place. They are recognised by what they hold, 964 and 659
 * characters of 20 drawings each, and not by their bytes, since re-packed copies are about. Thread-safe.
 */
public final class OmniglotArchives implements AutoCloseable {

  /** Drawings of each character, each by another drawer. */
  public static final int DRAWINGS = 20;

  /** Pixels along each side of a drawing as it is learned from. */
  public static final int SIDE = 28;

  private static final int ORIGINAL_SIDE = 105;
  private static final Pattern DRAWING =
      Pattern.compile("images_(?:background|evaluation)/([^/]+/character\\d+)/\\d+_\\d+\\.png");

  private final ImageScaling scaling;
  private final List<ZipFile> archives;
  private final SortedMap<String, List<Drawing>> characters;
  private final Map<Drawing, byte[]> pixels = new ConcurrentHashMap<>();

  private record Drawing(ZipFile archive, String entry) {}

  /** An archive by its name, with what it must hold. */
  enum Archive {
    BACKGROUND("images_background.zip", 964, "68d2efa1b9178cc56df9314c21c6e718"),
    EVALUATION("images_evaluation.zip", 659, "6b91aef0f799c5bb55b94e3f2daec811");

    final String file;
    final int characters;

    /** Of the official file. */
    final String md5;

    Archive(String file, int characters, String md5) {
      this.file = file;
      this.characters = characters;
      this.md5 = md5;
    }
  }

  /** How drawings of 105² pixels are made smaller. */
  public enum Sampling {
    /** The area under each target pixel is averaged: strokes stay whole. */
    AREA,
    /** The nearest pixel is taken, as in Reptile's published code. */
    NEAREST;

    private ImageScaling scaling() {
      return switch (this) {
        case AREA -> new AreaScaling(ORIGINAL_SIDE, SIDE);
        case NEAREST -> new NearestScaling(ORIGINAL_SIDE, SIDE);
      };
    }
  }

  private OmniglotArchives(
      Sampling sampling, List<ZipFile> archives, SortedMap<String, List<Drawing>> characters) {
    this.scaling = sampling.scaling();
    this.archives = archives;
    this.characters = characters;
  }

  /**
   * Opens the archives in {@code directory} and checks what they hold.
   *
   * @throws SourceException if they are missing, damaged or incomplete
   */
  public static OmniglotArchives open(Path directory, Sampling sampling) {
    List<ZipFile> archives = new ArrayList<>();
    SortedMap<String, List<Drawing>> characters = new TreeMap<>();
    for (Archive archive : Archive.values()) {
      ZipFile zip = open(directory, archive);
      archives.add(zip);
      SortedMap<String, List<Drawing>> found = list(zip);
      check(zip, archive, found);
      characters.putAll(found);
    }
    return new OmniglotArchives(sampling, List.copyOf(archives), characters);
  }

  /** All characters, {@code Alphabet/characterNN}, in order. */
  public List<String> characters() {
    return List.copyOf(characters.keySet());
  }

  /**
   * One drawing, scaled to {@link #SIDE}² grey levels: paper 0, ink 255.
   *
   * @param drawer 0 … 19
   * @return shared: not to be written to
   */
  public byte[] drawing(String character, int drawer) {
    List<Drawing> drawings = characters.get(character);
    if (drawings == null) {
      throw new IllegalArgumentException("Omniglot has no character '" + character + "'");
    }
    return pixels.computeIfAbsent(drawings.get(drawer), this::read);
  }

  @Override
  public void close() {
    for (ZipFile archive : archives) {
      try {
        archive.close();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot close " + archive.getName(), e);
      }
    }
  }

  private static ZipFile open(Path directory, Archive archive) {
    Path file = directory.resolve(archive.file);
    if (!Files.isReadable(file)) {
      throw new SourceException(
          "Omniglot needs %s in the directory %s, which it is not; give the directory that holds it with --data, or add --download"
              .formatted(archive.file, directory.toAbsolutePath().normalize()));
    }
    try {
      return new ZipFile(file.toFile());
    } catch (IOException e) {
      throw new SourceException(
          "%s is not a readable zip archive: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static SortedMap<String, List<Drawing>> list(ZipFile zip) {
    SortedMap<String, List<Drawing>> found = new TreeMap<>();
    zip.stream()
        .map(ZipEntry::getName)
        .sorted()
        .forEach(
            entry -> {
              Matcher matcher = DRAWING.matcher(entry);
              if (matcher.matches()) {
                found
                    .computeIfAbsent(matcher.group(1), name -> new ArrayList<>(DRAWINGS))
                    .add(new Drawing(zip, entry));
              }
            });
    return found;
  }

  private static void check(
      ZipFile zip, Archive archive, SortedMap<String, List<Drawing>> characters) {
    if (characters.size() != archive.characters) {
      throw new SourceException(
          "%s holds %d characters, expected the %d of Omniglot"
              .formatted(zip.getName(), characters.size(), archive.characters));
    }
    characters.forEach(
        (name, drawings) -> {
          if (drawings.size() != DRAWINGS) {
            throw new SourceException(
                "%s holds %d drawings of %s, expected %d"
                    .formatted(zip.getName(), drawings.size(), name, DRAWINGS));
          }
        });
  }

  private byte[] read(Drawing drawing) {
    BufferedImage image;
    try (InputStream in = drawing.archive.getInputStream(new ZipEntry(drawing.entry))) {
      image = ImageIO.read(in);
    } catch (IOException e) {
      throw new SourceException(
          "cannot read %s in %s: %s"
              .formatted(drawing.entry, drawing.archive.getName(), e.getMessage()),
          e);
    }
    if (image == null || image.getWidth() != ORIGINAL_SIDE || image.getHeight() != ORIGINAL_SIDE) {
      throw new SourceException(
          "%s in %s is not an image of %d×%d pixels"
              .formatted(drawing.entry, drawing.archive.getName(), ORIGINAL_SIDE, ORIGINAL_SIDE));
    }
    float[] ink = new float[ORIGINAL_SIDE * ORIGINAL_SIDE];
    for (int i = 0; i < ink.length; i++) {
      // A bit is paper (white) or ink (black), so one colour channel tells.
      ink[i] = (image.getRGB(i % ORIGINAL_SIDE, i / ORIGINAL_SIDE) & 0xff) == 0 ? 1f : 0f;
    }
    return scaling.scale(ink);
  }
}
