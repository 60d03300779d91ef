package io.engram.modelregistry.http;

import io.engram.model.ManifestFields;

/** The fields of the registry's JSON that its clients read as well; those of a version's manifest are {@link ManifestFields}. */
public final class RegistryFields {

  /** A model's name. */
  public static final String NAME = "name";

  /** A model's champion; of a version in a list, whether it is. */
  public static final String CHAMPION = "champion";

  /** How many there are, or a list of them. */
  public static final String VERSIONS = "versions";

  /** Whether the champion stays whatever comes. */
  public static final String PINNED = "pinned";

  /** Names for versions. */
  public static final String ALIASES = "aliases";

  /** All models, in a list of them. */
  public static final String MODELS = "models";

  /** Who ruled when. */
  public static final String CHAMPIONS = "champions";

  /** When a version was registered. */
  public static final String REGISTERED_AT = "registeredAt";

  /** A version's tags. */
  public static final String TAGS = "tags";

  /** When a reign began. */
  public static final String SINCE = "since";

  /** How a champion came to be one. */
  public static final String HOW = "how";

  /** Who made it so. */
  public static final String BY = "by";

  /** What became of a version in a list. */
  public static final String STATE = "state";

  /** Why. */
  public static final String REASON = "reason";

  /** The first of two versions that are compared. */
  public static final String A = "a";

  /** The second. */
  public static final String B = "b";

  /** From the first to the second. */
  public static final String CHANGE = "change";

  /** Norm of the difference, by tensor. */
  public static final String DISTANCES = "distances";

  /** When something happened. */
  public static final String AT = "at";

  /** What happened. */
  public static final String KIND = "kind";

  /** Who did it. */
  public static final String ACTOR = "actor";

  private RegistryFields() {}
}
