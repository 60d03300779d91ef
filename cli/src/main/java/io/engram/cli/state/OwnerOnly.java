package io.engram.cli.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Directories that nobody but their owner may look into; where the file system knows no owners, directories. */
final class OwnerOnly {

  private static final String POSIX = "posix";
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rwx------");

  private OwnerOnly() {}

  /** Makes a directory, and those above it that are absent. Those that are there stay as they are. */
  static void create(Path directory) throws IOException {
    FileAttribute<?>[] attributes =
        knowsOwners(directory)
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)}
            : new FileAttribute<?>[0];
    Files.createDirectories(directory, attributes);
  }

  /** Takes from others what they may do with a directory that is ours, if that is in our power. */
  static void take(Path directory) throws IOException {
    if (knowsOwners(directory) && !OWNER.containsAll(Files.getPosixFilePermissions(directory))) {
      Files.setPosixFilePermissions(directory, OWNER);
    }
  }

  private static boolean knowsOwners(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains(POSIX);
  }
}
