package io.engram.ingest.format;

/**
 * Something that can be set about a format.
 *
 * @param name lower case, hyphens between words
 * @param otherwise its value where nothing is said
 * @param meaning a sentence for people
 */
public record FormatKey(String name, String otherwise, String meaning) {

  public FormatKey {
    if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      throw new IllegalArgumentException(
          "a format's key is lower-case words with hyphens between them, found '" + name + "'");
    }
  }
}
