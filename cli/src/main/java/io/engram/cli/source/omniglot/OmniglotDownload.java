package io.engram.cli.source.omniglot;

import io.engram.cli.source.SourceException;
import io.engram.cli.source.omniglot.OmniglotArchives.Archive;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.Consumer;

/** Fetches the official archives once and checks that they are the official ones. */
public final class OmniglotDownload {

  private final URI home;
  private final Consumer<String> progress;

  /**
   * @param home where the archives lie, ending in a slash
   * @param progress told what is going on
   */
  public OmniglotDownload(URI home, Consumer<String> progress) {
    this.home = home;
    this.progress = progress;
  }

  /**
   * Fetches those archives that are not yet in {@code directory}.
   *
   * @throws SourceException if one cannot be fetched or is not the official one; nothing is left behind then
   */
  public void into(Path directory) {
    for (Archive archive : Archive.values()) {
      Path file = directory.resolve(archive.file);
      if (!Files.exists(file)) {
        progress.accept("downloading " + archive.file + " from " + home);
        fetch(archive, file);
      }
    }
  }

  private void fetch(Archive archive, Path file) {
    Path partial = file.resolveSibling(archive.file + ".partial");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      String md5 = save(home.resolve(archive.file), partial);
      if (!md5.equals(archive.md5)) {
        throw new SourceException(
            "%s from %s has MD5 %s, expected %s; it was not kept"
                .formatted(archive.file, home, md5, archive.md5));
      }
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new SourceException(
          "cannot download %s from %s (%s); put the archive into %s by hand"
              .formatted(archive.file, home, reason(e), file.toAbsolutePath().getParent()),
          e);
    } finally {
      deleteIfExists(partial);
    }
  }

  private static String save(URI from, Path to) throws IOException {
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    HttpRequest request = HttpRequest.newBuilder(from).timeout(Duration.ofMinutes(5)).build();
    try {
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      MessageDigest digest = MessageDigest.getInstance("MD5");
      try (InputStream body = new DigestInputStream(response.body(), digest)) {
        if (response.statusCode() != 200) {
          throw new IOException("HTTP status " + response.statusCode());
        }
        Files.copy(body, to, StandardCopyOption.REPLACE_EXISTING);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static void deleteIfExists(Path partial) {
    try {
      Files.deleteIfExists(partial);
    } catch (IOException e) {
      throw new SourceException("cannot remove the partial download " + partial, e);
    }
  }
}
