package io.engram.modelregistry.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the registry does not know by itself, at one moment.
 *
 * @param source what is learned from, for people; empty where not known
 * @param roles in the order in which data flow
 * @param window the learner's scores over the last tasks; empty where not known
 * @param measure of those scores, {@code accuracy} or {@code mse}; empty where not known
 * @param rejected why examples were rejected, the commonest first, at most {@link #MOST_REASONS}
 * @param live answers really given; null where nobody has asked
 */
public record PipelineStatus(
    String source,
    List<RoleState> roles,
    Progress progress,
    String measure,
    List<Score> window,
    List<Rejected> rejected,
    @Nullable Live live) {

  /** Further reasons are left out. */
  public static final int MOST_REASONS = 20;

  /** Nothing is known. */
  public static final PipelineStatus UNKNOWN =
      new PipelineStatus("", List.of(), Progress.UNKNOWN, "", List.of(), List.of(), null);

  public PipelineStatus {
    roles = List.copyOf(roles);
    window = List.copyOf(window);
    rejected = rejected.stream().limit(MOST_REASONS).toList();
  }
}
