package io.engram.servicekit.http;

/**
 * How many there may be at the same time.
 *
 * @param all from everywhere, at least 1
 * @param perClient from one address, at least 1
 */
public record Crowd(int all, int perClient) {

  public Crowd {
    if (all < 1 || perClient < 1) {
      throw new IllegalArgumentException(
          "a crowd has at least 1 in all and of each client, found %d and %d"
              .formatted(all, perClient));
    }
  }
}
