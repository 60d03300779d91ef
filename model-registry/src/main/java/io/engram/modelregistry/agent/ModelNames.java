package io.engram.modelregistry.agent;

import java.util.regex.Pattern;

/** What a model may be called, since its name becomes part of keys and paths. */
final class ModelNames {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private ModelNames() {}

  static boolean valid(String name) {
    return NAME.matcher(name).matches();
  }

  static String problem(String name) {
    return "a model's name has 1 to 100 letters, digits, '.', '_' or '-', found '%s'"
        .formatted(name.length() > 120 ? name.substring(0, 120) + "…" : name);
  }
}
