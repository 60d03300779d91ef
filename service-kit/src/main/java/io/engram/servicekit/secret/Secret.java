package io.engram.servicekit.secret;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A value that is handed on and never shown: in no listing, log, message or {@code toString}. Whoever needs it says {@link #reveal}, which
 * can be searched for.
 */
public final class Secret {

  /** What is shown instead. */
  public static final String SHOWN = "***";

  private static final Pattern NAME =
      Pattern.compile(
          "passw|passphrase|secret|token|credential|jaas|api[._-]?key|private|keystore[._-]key|auth[._-]user|certificate[._-]chain");

  /** Where or how a secret is kept is none. */
  private static final Pattern PLACE =
      Pattern.compile("(?:file|location|type|class|algorithm|[._-]ms)$");

  /** As in a line of JAAS, in JSON, in a URL's query, and before the host of one. */
  private static final Pattern CONTENT =
      Pattern.compile(
          "(?i)(?:passw(?:or)?d|secret|token)[\"']?\\s*[=:]|://[^/\\s:@]+:[^/\\s@]+@|-----BEGIN [A-Z ]*PRIVATE KEY");

  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /** A value not to be shown. */
  public static Secret of(String value) {
    return new Secret(value);
  }

  /** Whether what stands under a key, or the value itself, looks like one. In doubt it does. */
  public static boolean isOne(String key, String value) {
    String name = key.toLowerCase(Locale.ROOT);
    return !value.isEmpty()
        && ((NAME.matcher(name).find() && !PLACE.matcher(name).find())
            || CONTENT.matcher(value).find());
  }

  /** The value as it may be shown under a key. */
  public static String shown(String key, String value) {
    return isOne(key, value) ? SHOWN : value;
  }

  /** The value itself, for whom it was meant. */
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && secret.value.equals(value);
  }

  @Override
  public int hashCode() {
    return Objects.hash(value);
  }

  /** Not the value. */
  @Override
  public String toString() {
    return SHOWN;
  }
}
