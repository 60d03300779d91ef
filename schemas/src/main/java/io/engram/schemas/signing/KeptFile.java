package io.engram.schemas.signing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that nobody sees half written, nor with other permissions than they end with. */
public final class KeptFile {

  private KeptFile() {}

  /**
   * Writes a file that its owner alone may read.
   *
   * @throws IOException if it cannot be written, or its file system cannot keep it to its owner
   */
  public static void secret(Path file, String content) throws IOException {
    replace(file, content, "rw-------");
  }

  static void replace(Path file, String content, String permissions) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    try {
      Files.createFile(
          fresh,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
    } catch (UnsupportedOperationException e) {
      throw new FileSystemException(
          fresh.toString(),
          null,
          "its file system cannot keep a file to its owner: " + e.getMessage());
    }
    Files.writeString(fresh, content, StandardCharsets.UTF_8, StandardOpenOption.WRITE);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
