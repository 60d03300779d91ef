package io.engram.modelregistry.http;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the registry listens and who may change things. Reading needs no token.
 *
 * @param host address to listen on; loopback unless told otherwise
 * @param port 1 to 65535, or 0 to pick a free one
 * @param tokenFile holds the bearer token that changing calls need; made with a random token, readable by its owner alone, where
 *     absent
 * @param maxBodyBytes longest request body taken, 1 KiB to 1 MiB
 * @param tls certificate and key; plain HTTP where empty
 * @param allowedHosts names it may be spoken to under, beside loopback and the address that a request comes to
 */
public record HttpConfig(
    String host,
    int port,
    Path tokenFile,
    int maxBodyBytes,
    Optional<Tls> tls,
    List<String> allowedHosts) {

  /**
   * Certificate and key for HTTPS.
   *
   * @param keyStore PKCS#12 file
   * @param passwordFile its first line is the password
   */
  public record Tls(Path keyStore, Path passwordFile) {}

  public HttpConfig {
    allowedHosts = List.copyOf(allowedHosts);
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException(
          "port must be 1 to 65535, or 0 to pick a free one, found " + port);
    }
    if (maxBodyBytes < 1024 || maxBodyBytes > 1024 * 1024) {
      throw new IllegalArgumentException(
          "maxBodyBytes must be 1 KiB to 1 MiB, found " + maxBodyBytes);
    }
  }

  /** The defaults: loopback, port 8480, the token in {@code token} under the directory, bodies up to 64 KiB, plain HTTP. */
  public static HttpConfig in(Path directory) {
    return new HttpConfig(
        "127.0.0.1", 8480, directory.resolve("token"), 64 * 1024, Optional.empty(), List.of());
  }

  public HttpConfig withPort(int newPort) {
    return new HttpConfig(host, newPort, tokenFile, maxBodyBytes, tls, allowedHosts);
  }
}
