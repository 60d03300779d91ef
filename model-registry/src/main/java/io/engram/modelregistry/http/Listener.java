package io.engram.modelregistry.http;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Binds the address, with TLS where it is configured. */
final class Listener {

  private static final int BACKLOG = 64;
  private static final String NO_DELAY = "sun.net.httpserver.nodelay";

  static {
    // Head and body of an answer are two writes. Without this the second waits for the client's
    // delayed acknowledgement of the first: 40 ms an answer. The JDK's server has no other switch.
    if (System.getProperty(NO_DELAY) == null) {
      System.setProperty(NO_DELAY, "true");
    }
  }

  private Listener() {}

  static HttpServer bind(HttpConfig config) {
    InetSocketAddress address = new InetSocketAddress(config.host(), config.port());
    try {
      if (config.tls().isEmpty()) {
        return HttpServer.create(address, BACKLOG);
      }
      HttpsServer server = HttpsServer.create(address, BACKLOG);
      server.setHttpsConfigurator(new HttpsConfigurator(context(config.tls().get())));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the registry cannot listen on %s:%d: %s"
              .formatted(config.host(), config.port(), e.getMessage()),
          e);
    }
  }

  private static SSLContext context(HttpConfig.Tls tls) {
    try (InputStream in = Files.newInputStream(tls.keyStore())) {
      char[] password =
          Files.readString(tls.passwordFile()).lines().findFirst().orElse("").toCharArray();
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
    }
  }
}
