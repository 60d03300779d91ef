package io.engram.core.tables;

import io.engram.core.baseline.Expert;
import io.engram.core.baseline.Mixture;
import io.engram.core.baseline.Pool;
import io.engram.core.baseline.SupportExperts;
import io.engram.core.network.Head;
import io.engram.core.network.NetworkSpec;
import io.engram.core.trees.Boosting;
import io.engram.core.trees.Forest;
import java.util.ArrayList;
import java.util.List;

/**
 * What a model of tables takes and answers with; all lengths follow from it.
 *
 * @param columns inputs of a row
 * @param outputs numbers to predict for a row, or classes that there is room for
 * @param classes whether outputs are classes
 */
public record TableShape(int columns, int outputs, boolean classes) {

  /** Beyond these a linear model looks no further: its cost grows with their square. */
  static final int WIDEST = 300;

  private static final int ROUNDS = 100;
  private static final int ROUNDS_OF_CLASSES = 480;
  private static final int MOST_ROUNDS = 80;
  private static final int FEWEST_ROUNDS = 20;

  public TableShape {
    if (columns < 1 || outputs < 1 || (classes && outputs < 2)) {
      throw new IllegalArgumentException(
          "a table has at least 1 column and 1 number or 2 classes to predict, found %d, %d"
              .formatted(columns, outputs));
    }
  }

  /** What a network of this input and head would take and answer with. */
  public static TableShape of(NetworkSpec network) {
    return new TableShape(
        network.input().size(), network.outputs(), network.head() == Head.SOFTMAX_CROSS_ENTROPY);
  }

  /** Who answers by the support set alone. */
  List<Expert> supportExperts() {
    return classes ? SupportExperts.classes() : SupportExperts.numbers();
  }

  /** Learns how far to trust each, and trusts none yet. */
  public Mixture mixture() {
    int size = experts().size();
    return classes ? Mixture.ofClasses(size) : Mixture.ofNumbers(size);
  }

  /** Which of the experts is the linear model of all rows. */
  public int globalExpert() {
    return supportExperts().size();
  }

  /** How answers become one. */
  Pool pool() {
    return classes ? Pool.classes() : Pool.numbers();
  }

  /** Who answers, in the order of weights. */
  public List<String> experts() {
    List<String> names = new ArrayList<>();
    supportExperts().forEach(expert -> names.add(expert.name()));
    names.add(classes ? "softmax" : "linear");
    names.add(classes ? "softmax-adapted" : "linear-shifted");
    if (!classes) {
      names.add("linear-differences");
    }
    names.add(classes ? "softmax-views" : "linear-views");
    names.add("trees");
    names.add("trees-on-" + (classes ? "softmax" : "linear"));
    names.add((classes ? "softmax" : "linear") + "-lately");
    names.add("trees-lately");
    return names;
  }

  /** Which of the experts is corrected by its errors of late; the corrected ones stand last. */
  int corrected(Corrections.Of expert) {
    return switch (expert) {
      case LINEAR -> globalExpert();
      case TREES -> experts().size() - 1 - Corrections.Of.values().length;
    };
  }

  /** Inputs of a view, see {@link Views}. */
  int viewLength() {
    return 2 * columns + 1 + (classes ? Views.OF_CLASS : Views.OF_NUMBER) * outputs;
  }

  /** Scores that trees give: of two classes the second's alone. */
  int scores() {
    return classes && outputs == 2 ? 1 : outputs;
  }

  /** Trees that answer by themselves. */
  Boosting alone() {
    return new Boosting(rounds(), 4, 0.1, 0.7, inputShare(), classes ? 1 : 5, 1);
  }

  /** Trees that correct the linear model of views: shy ones. */
  Boosting correcting() {
    return new Boosting(rounds(), 4, 0.05, 0.5, inputShare(), classes ? 3 : 10, 3);
  }

  /** Of many classes each has fewer: they take turns at what is to be learned. */
  private int rounds() {
    return classes && outputs > 2
        ? Math.max(FEWEST_ROUNDS, Math.min(MOST_ROUNDS, ROUNDS_OF_CLASSES / outputs))
        : ROUNDS;
  }

  /** Half the inputs; of very many no more than are worth their time. */
  private double inputShare() {
    return Math.min(0.5, 100.0 / viewLength());
  }

  int forestLength(Boosting boosting) {
    return scores() * boosting.rounds() * Forest.treeLength(boosting.depth());
  }

  /** Numbers in a model of this shape. */
  public int modelLength() {
    return TableScale.length(this)
        + Fitted.length(this)
        + experts().size()
        + Width.LENGTH
        + Corrections.length(this);
  }
}
