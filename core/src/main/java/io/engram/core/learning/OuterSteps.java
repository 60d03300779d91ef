package io.engram.core.learning;

/**
 * The outer steps that a learner of tasks takes after each group.
 *
 * @param count how many, 0 or more
 * @param trainQueries query examples per class at a training visit; 0 for all there are
 * @param replay remembered tasks that join the new ones at each step, 0 or more
 * @param mixClasses deal the classes of the remembered tasks of a step out anew among them; only where tasks have label spaces of their
 *     own
 */
public record OuterSteps(int count, int trainQueries, int replay, boolean mixClasses) {

  public OuterSteps {
    Basics.atLeast("replay", replay, 0);
    Basics.atLeast("outer steps", count, 0);
    Basics.atLeast("train queries", trainQueries, 0);
  }
}
