package io.engram.core.learning;

import io.engram.core.baseline.Mixture;
import io.engram.core.tables.Doubt;
import io.engram.core.tables.Recent;
import io.engram.core.tables.TableShape;

/**
 * What past answers say about those to come. Never written to.
 *
 * @param trust how far to trust a model's experts, see {@link Mixture#save()}
 * @param doubt how far off answers are, see {@link Doubt#save()}
 * @param recent what experts got wrong of late, see {@link Recent#save()}
 */
@SuppressWarnings("ArrayRecordComponent") // handed on whole, never compared
public record Experience(double[] trust, double[] doubt, double[] recent) {

  /** Of no answer. */
  public static Experience none(TableShape shape) {
    return new Experience(
        new double[Mixture.savedLength(shape.experts().size())],
        new double[Doubt.SAVED],
        new double[Recent.savedLength(shape)]);
  }
}
