package io.engram.servicekit.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names under which a port may be spoken to. A page of somebody else can have its own name point here (DNS rebinding), and a browser
 * then takes the port for a part of that page; but it cannot change the name the browser sends. So a request must name the loopback,
 * the address that it came to, or a host that was named in the configuration. Immutable.
 */
public final class AllowedHosts {

  private static final String ANY = "*";
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Pattern HOST =
      Pattern.compile("(\\[[0-9A-Fa-f:.]{2,45}]|[A-Za-z0-9._-]{1,253}?)\\.?(?::\\d{1,5})?");
  private static final Pattern ORIGIN = Pattern.compile("[a-z][a-z0-9+.-]*://(.{1,300})");

  private final Set<String> names;

  private AllowedHosts(Set<String> names) {
    this.names = names;
  }

  /**
   * Loopback, the address that a request comes to, and these.
   *
   * @param names hosts without a port; {@code *} for any, where something in front of the port looks after it
   * @throws IllegalArgumentException if one of them is no host
   */
  public static AllowedHosts of(List<String> names) {
    for (String name : names) {
      if (!name.equals(ANY) && host(name).isEmpty()) {
        throw new IllegalArgumentException(
            "allowed-hosts takes names of hosts without a port, found '%s'".formatted(name));
      }
    }
    return new AllowedHosts(
        Stream.concat(LOOPBACK.stream(), names.stream())
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet()));
  }

  /** Refuses a request to a host of another name, and one from a page of another host. */
  void check(HttpRequest request) {
    InetAddress local = request.local();
    String host =
        request
            .header("host")
            .orElseThrow(() -> HttpRefusal.malformed("a request names its host in 'Host'"));
    Optional<String> name = host(host);
    if (name.isEmpty()) {
      throw HttpRefusal.malformed("the header 'Host' names no host");
    }
    if (!allowed(name.get(), local)) {
      throw new HttpRefusal(
          421,
          "this is not the host that was asked for; allowed-hosts in the configuration names more");
    }
    Optional<String> origin = request.header("origin");
    if (origin.isPresent()) {
      Matcher page = ORIGIN.matcher(origin.get());
      if (!page.matches() || host(page.group(1)).filter(from -> allowed(from, local)).isEmpty()) {
        throw new HttpRefusal(403, "pages of other hosts may not ask here");
      }
    }
  }

  private boolean allowed(String name, InetAddress local) {
    return names.contains(ANY) || names.contains(name) || isAddress(name, local);
  }

  /** In lower case, without port and final dot. */
  private static Optional<String> host(String text) {
    Matcher matcher = HOST.matcher(text);
    return matcher.matches()
        ? Optional.of(matcher.group(1).toLowerCase(Locale.ROOT))
        : Optional.empty();
  }

  /** Asks no name server: only what is written as an address is one. */
  private static boolean isAddress(String name, InetAddress local) {
    boolean six = name.startsWith("[");
    if (six != local instanceof Inet6Address || !(six || name.matches("[0-9.]{7,15}"))) {
      return false;
    }
    try {
      return InetAddress.getByName(name).equals(local);
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
