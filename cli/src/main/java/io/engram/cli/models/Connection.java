package io.engram.cli.models;

import java.net.URI;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options of every call. */
final class Connection {

  @Option(
      names = "--registry",
      paramLabel = "URL",
      defaultValue = "${env:ENGRAM_REGISTRY_URL:-http://127.0.0.1:8480}",
      description =
          "Where the registry listens (default: ${DEFAULT-VALUE}; environment: ENGRAM_REGISTRY_URL).")
  private URI registry = URI.create("http://127.0.0.1:8480");

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      defaultValue = "${env:ENGRAM_REGISTRY_TOKEN_FILE:-engram-state/registry/token}",
      description =
          "Holds the token that changing calls need (default: ${DEFAULT-VALUE}; environment: ENGRAM_REGISTRY_TOKEN_FILE).")
  private Path tokenFile = Path.of("engram-state/registry/token");

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  boolean json() {
    return json;
  }

  RegistryClient open() {
    return new RegistryClient(registry, tokenFile);
  }
}
