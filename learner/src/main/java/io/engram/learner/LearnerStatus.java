package io.engram.learner;

/**
 * What a learner shows of itself.
 *
 * @param learned ever
 * @param waiting of the tasks, those that wait for their group to fill
 * @param scores of its tasks, each before it was learned from
 * @param retained what the newest candidate still knows of the whole past; NaN where it does not say so
 * @param divergedEpisodes left out by this process because their numbers were not finite
 * @param candidates published by this process
 * @param lag tasks in the log not yet taken up
 */
public record LearnerStatus(
    Learned learned,
    int waiting,
    ScoresShown scores,
    double retained,
    long divergedEpisodes,
    long candidates,
    long lag) {}
