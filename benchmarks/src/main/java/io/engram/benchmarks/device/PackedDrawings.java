package io.engram.benchmarks.device;

import io.engram.benchmarks.learning.Drawings;
import io.engram.cli.source.omniglot.OmniglotArchives;
import io.engram.cli.source.omniglot.OmniglotArchives.Sampling;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All drawings of Omniglot at 28×28, paper 0, ink 255, in memory or in one file: a machine that gets the file needs neither the archives nor
 * anything that reads pictures.
 */
final class PackedDrawings implements Drawings {

  /** The file's name beside the archives. */
  static final String FILE = "drawings.bin";

  private static final String FORMAT = "engram-drawings-1";
  private static final int PIXELS = OmniglotArchives.SIDE * OmniglotArchives.SIDE;

  private final SortedMap<String, byte[][]> characters;

  private PackedDrawings(SortedMap<String, byte[][]> characters) {
    this.characters = characters;
  }

  /** Those in a directory that holds {@value #FILE} or the two official archives. */
  static PackedDrawings in(Path directory) {
    Path file = directory.resolve(FILE);
    return Files.exists(file) ? read(file) : ofArchives(directory);
  }

  /** Those of the two official archives, drawn smaller by area. */
  static PackedDrawings ofArchives(Path directory) {
    try (OmniglotArchives archives = OmniglotArchives.open(directory, Sampling.AREA)) {
      SortedMap<String, byte[][]> characters = new TreeMap<>();
      for (String character : archives.characters()) {
        byte[][] drawings = new byte[OmniglotArchives.DRAWINGS][];
        for (int drawer = 0; drawer < drawings.length; drawer++) {
          drawings[drawer] = archives.drawing(character, drawer);
        }
        characters.put(character, drawings);
      }
      return new PackedDrawings(characters);
    }
  }

  void write(Path file) {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.writeUTF(FORMAT);
      out.writeInt(characters.size());
      for (var character : characters.entrySet()) {
        out.writeUTF(character.getKey());
        for (byte[] drawing : character.getValue()) {
          out.write(drawing);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the drawings to " + file, e);
    }
  }

  static PackedDrawings read(Path file) {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      String format = in.readUTF();
      if (!format.equals(FORMAT)) {
        throw new IllegalArgumentException(
            "%s begins with '%s', expected '%s'".formatted(file, format, FORMAT));
      }
      SortedMap<String, byte[][]> characters = new TreeMap<>();
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        String character = in.readUTF();
        byte[][] drawings = new byte[OmniglotArchives.DRAWINGS][PIXELS];
        for (byte[] drawing : drawings) {
          in.readFully(drawing);
        }
        characters.put(character, drawings);
      }
      return new PackedDrawings(characters);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the drawings in " + file, e);
    }
  }

  /** The same with paper 255, ink 0. */
  PackedDrawings inverted() {
    SortedMap<String, byte[][]> inverted = new TreeMap<>();
    characters.forEach(
        (name, drawings) ->
            inverted.put(
                name,
                Arrays.stream(drawings).map(PackedDrawings::inverted).toArray(byte[][]::new)));
    return new PackedDrawings(inverted);
  }

  private static byte[] inverted(byte[] drawing) {
    byte[] inverted = new byte[drawing.length];
    for (int i = 0; i < drawing.length; i++) {
      inverted[i] = (byte) ~drawing[i];
    }
    return inverted;
  }

  /** All characters, {@code Alphabet/characterNN}, in order. */
  List<String> characters() {
    return List.copyOf(characters.keySet());
  }

  @Override
  public byte[] drawing(String character, int drawer) {
    byte[][] drawings = characters.get(character);
    if (drawings == null) {
      throw new IllegalArgumentException("Omniglot has no character '" + character + "'");
    }
    return drawings[drawer];
  }
}
