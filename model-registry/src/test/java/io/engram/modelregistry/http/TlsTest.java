package io.engram.modelregistry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.modelregistry.RegistryConfig;
import io.engram.modelregistry.RegistryService;
import io.engram.modelregistry.TestTopics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

  private static final String PASSWORD = "correct horse";

  @TempDir Path directory;
  private final TestTopics topics = new TestTopics("tls");
  private Path keyStore = Path.of("");
  private Path passwordFile = Path.of("");

  @BeforeEach
  void makeCertificate() throws IOException, InterruptedException {
    keyStore = directory.resolve("registry.p12");
    passwordFile = directory.resolve("password");
    Files.writeString(passwordFile, PASSWORD + "\n");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "registry",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=ip:127.0.0.1,dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                keyStore.toString(),
                "-storepass:file",
                passwordFile.toString())
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
  }

  @AfterEach
  void close() {
    topics.close();
  }

  @Test
  void whoTrustsTheCertificateIsAnsweredAndNobodyElse() throws Exception {
    try (RegistryService service = service();
        RegistryHttp http = RegistryHttp.start(config(), service)) {
      assertThat(http.uri()).hasScheme("https");
      HttpRequest health = HttpRequest.newBuilder(http.uri().resolve("/health")).build();

      HttpResponse<String> answer =
          HttpClient.newBuilder()
              .sslContext(trusting(keyStore))
              .build()
              .send(health, BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("UP");
      assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");

      assertThatThrownBy(() -> HttpClient.newHttpClient().send(health, BodyHandlers.ofString()))
          .isInstanceOf(SSLHandshakeException.class);
      URI plain = URI.create("http://127.0.0.1:" + http.uri().getPort() + "/health");
      assertThatThrownBy(
              () ->
                  HttpClient.newHttpClient()
                      .send(HttpRequest.newBuilder(plain).build(), BodyHandlers.ofString()))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aPasswordThatDoesNotOpenTheKeyStoreIsSaid() throws IOException {
    Files.writeString(passwordFile, "wrong\n");
    try (RegistryService service = service()) {
      assertThatThrownBy(() -> RegistryHttp.start(config(), service))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining(keyStore.toString())
          .hasMessageContaining("password was incorrect");
    }
  }

  private HttpConfig config() {
    return new HttpConfig(
        "127.0.0.1",
        0,
        directory.resolve("token"),
        64 * 1024,
        Optional.of(new HttpConfig.Tls(keyStore, passwordFile)),
        List.of());
  }

  private RegistryService service() {
    return RegistryService.start(
        RegistryConfig.in(directory), topics.topics, topics.kafka, new SimpleMeterRegistry());
  }

  private static SSLContext trusting(Path keyStore) throws IOException, GeneralSecurityException {
    KeyStore own = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keyStore)) {
      own.load(in, PASSWORD.toCharArray());
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("registry", own.getCertificate("registry"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
