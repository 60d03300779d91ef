package io.engram.model;

import io.engram.schemas.avro.ModelManifest;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How the columns of a table became the features that a version learned from, as whoever fed it wrote it down. It travels with every version,
 * so that a consumer makes the same numbers of its rows.
 */
public final class ColumnsNote {

  /** The longest that travels, in characters; of a longer one consumers have to be told. */
  public static final int LONGEST = 1 << 16;

  private static final String WORD = "columns";

  private ColumnsNote() {}

  /** That of a version, if it has one. */
  public static Optional<String> of(ModelManifest manifest) {
    return Optional.ofNullable(manifest.getLineage().getHyperParameters().get(WORD));
  }

  /** A version's hyper-parameters with the note among them, where there is one. */
  public static Map<String, String> among(Map<String, String> hyperParameters, String note) {
    if (note.isEmpty()) {
      return hyperParameters;
    }
    Map<String, String> more = new TreeMap<>(hyperParameters);
    more.put(WORD, note);
    return more;
  }
}
