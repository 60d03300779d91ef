package io.engram.model;

import io.engram.schemas.avro.ModelManifest;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which writing of the log of tasks a version was learned from: 0 for the first, one more each time a task key was forgotten on purpose and
 * the log written anew without it. A version of an earlier generation knows a key that was forgotten since.
 */
public final class Generation {

  private static final String WORD = "log-generation";

  private Generation() {}

  /** That of a version. */
  public static long of(ModelManifest manifest) {
    String noted = manifest.getLineage().getHyperParameters().get(WORD);
    return noted != null && noted.matches("\\d{1,18}") ? Long.parseLong(noted) : 0;
  }

  /** A version's hyper-parameters with its generation among them, where there was an earlier one. */
  public static Map<String, String> among(Map<String, String> hyperParameters, long generation) {
    if (generation == 0) {
      return hyperParameters;
    }
    Map<String, String> more = new TreeMap<>(hyperParameters);
    more.put(WORD, Long.toString(generation));
    return more;
  }
}
