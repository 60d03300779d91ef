package io.engram.modelregistry.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Certificate and key, from their file. */
final class Certificates {

  private Certificates() {}

  static SSLContext read(HttpConfig.Tls tls) {
    char[] password = new char[0];
    try (InputStream in = Files.newInputStream(tls.keyStore())) {
      password = Files.readString(tls.passwordFile()).lines().findFirst().orElse("").toCharArray();
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, password);
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot read the key store %s with the password in %s: %s"
              .formatted(tls.keyStore(), tls.passwordFile(), e.getMessage()),
          e);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "the key store %s is no PKCS#12 file that its password opens: %s"
              .formatted(tls.keyStore(), e.getMessage()),
          e);
    } finally {
      Arrays.fill(password, '\0');
    }
  }
}
