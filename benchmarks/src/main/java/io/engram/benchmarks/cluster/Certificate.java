package io.engram.benchmarks.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the brokers show and the clients trust, made by the JDK's keytool for 127.0.0.1.
 *
 * @param keyStore PKCS#12, with {@link #PASSWORD}
 * @param trusted the certificate as PEM
 */
record Certificate(Path keyStore, Path trusted) {

  static final String PASSWORD = "of-this-bench";

  static Certificate make(Path directory) {
    Path keyStore = directory.resolve("brokers.p12");
    Path trusted = directory.resolve("ca.pem");
    keytool(
        keyStore,
        List.of(
            "-genkeypair",
            "-alias",
            "brokers",
            "-keyalg",
            "EC",
            "-dname",
            "CN=127.0.0.1",
            "-ext",
            "san=ip:127.0.0.1",
            "-validity",
            "2"));
    keytool(
        keyStore, List.of("-exportcert", "-rfc", "-alias", "brokers", "-file", trusted.toString()));
    return new Certificate(keyStore, trusted);
  }

  private static void keytool(Path keyStore, List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    command.addAll(arguments);
    command.addAll(
        List.of("-keystore", keyStore.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor() != 0) {
        throw new IllegalStateException("keytool failed: " + command);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("there is no keytool", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
