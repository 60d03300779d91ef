package io.engram.servicekit.http;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads the head of a request, RFC 9112 to the letter: what two readers could understand differently is refused, so that nothing can be
 * smuggled past a proxy. Lines end in CR LF; no folding, no space before a colon, no control characters, paths without dot segments.
 */
final class HeadReader {

  /** Of the whole head. */
  private static final int MOST_BYTES = 16 * 1024;

  private static final int MOST_HEADERS = 100;
  private static final Pattern METHOD = Pattern.compile("[A-Z]{1,16}");
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
  private static final Pattern PATH =
      Pattern.compile("/(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*");
  private static final Pattern QUERY =
      Pattern.compile("(?:[A-Za-z0-9._~!$&'()*+,;=:@/?\\[\\]|^`{}\"<>\\\\-]|%[0-9A-Fa-f]{2})*");
  private static final Pattern DOTS = Pattern.compile("(?:\\.|%2[eE]){1,2}");

  private final DeadlineInput in;
  private int left = MOST_BYTES;

  private HeadReader(DeadlineInput in) {
    this.in = in;
  }

  /**
   * Reads up to the empty line.
   *
   * @throws HttpRefusal if it is no head
   * @throws java.net.SocketTimeoutException if it does not come in time
   * @throws IOException if the client goes
   */
  static Head read(DeadlineInput in) throws IOException {
    return new HeadReader(in).head();
  }

  private Head head() throws IOException {
    String first = line();
    if (first.isEmpty()) {
      first = line(); // some clients end a body with one line too many
    }
    String[] words = first.split(" ", -1);
    if (words.length != 3 || !METHOD.matcher(words[0]).matches()) {
      throw HttpRefusal.malformed("the first line must be a method, a path and a version");
    }
    if (!words[2].equals("HTTP/1.1") && !words[2].equals("HTTP/1.0")) {
      throw words[2].startsWith("HTTP/")
          ? new HttpRefusal(505, "HTTP/1.1 is spoken here")
          : HttpRefusal.malformed("the first line must be a method, a path and a version");
    }
    int question = words[1].indexOf('?');
    String path = question < 0 ? words[1] : words[1].substring(0, question);
    String query = question < 0 ? null : words[1].substring(question + 1);
    if (!PATH.matcher(path).matches() || (query != null && !QUERY.matcher(query).matches())) {
      throw HttpRefusal.malformed("the path is not one");
    }
    for (String segment : path.split("/", -1)) {
      if (DOTS.matcher(segment).matches()) {
        throw HttpRefusal.malformed("a path has no dot segments here");
      }
    }
    return new Head(words[0], path, query, words[2].equals("HTTP/1.1"), headers());
  }

  private Map<String, List<String>> headers() throws IOException {
    Map<String, List<String>> headers = new HashMap<>();
    int count = 0;
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon < 1 || !NAME.matcher(line.substring(0, colon)).matches()) {
        throw HttpRefusal.malformed("a line of the head is no header");
      }
      if (++count > MOST_HEADERS) {
        throw new HttpRefusal(431, "a head has at most %d headers".formatted(MOST_HEADERS));
      }
      headers
          .computeIfAbsent(
              line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>(1))
          .add(line.substring(colon + 1).strip());
    }
    return headers;
  }

  /** Characters of Latin-1, as HTTP has them. */
  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      int next = octet();
      if (next == '\r') {
        if (octet() != '\n') {
          throw HttpRefusal.malformed("a line of the head ends in CR LF");
        }
        return line.toString();
      }
      if ((next < ' ' && next != '\t') || next == 0x7f) {
        throw HttpRefusal.malformed("a head has no control characters");
      }
      line.append((char) next);
    }
  }

  private int octet() throws IOException {
    if (--left < 0) {
      throw new HttpRefusal(431, "a head has at most %d bytes".formatted(MOST_BYTES));
    }
    int next = in.read();
    if (next < 0) {
      throw new EOFException("the client went in the middle of a head");
    }
    return next;
  }
}
