package io.engram.cli.role;

import io.engram.client.AdaptationException;
import io.engram.client.FewShots;
import io.engram.client.Interval;
import io.engram.client.Model;
import io.engram.client.Prediction;
import io.engram.client.SupportSet;
import io.engram.model.UnreadableVersionException;
import io.engram.modelregistry.serving.FewShotAnswerer;
import io.engram.modelregistry.serving.FewShotQuestion;
import io.engram.modelregistry.serving.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whoever asks the registry is answered by the client: a version is adapted as a program with the library adapts it. */
public record ClientAnswerer(FewShots fewShots) implements FewShotAnswerer {

  @Override
  public Reply answer(Offer version, FewShotQuestion question) {
    Optional<Model> model;
    try {
      model = fewShots.model(version.manifest(), version.parameters());
    } catch (UnreadableVersionException e) {
      return new Reply.Unusable(String.valueOf(e.getMessage()));
    }
    if (model.isEmpty()) {
      return new Reply.Gone();
    }
    Optional<String> misfit = FewShotFit.problem(model.get(), question);
    if (misfit.isPresent()) {
      return new Reply.Wrong(misfit.get());
    }
    try {
      return answer(model.get(), question);
    } catch (AdaptationException e) {
      return new Reply.Astray(String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      return new Reply.Wrong(String.valueOf(e.getMessage()));
    }
  }

  private Reply answer(Model model, FewShotQuestion question) {
    int adaptedOn = FewShots.adapts(model) ? question.support().size() : 0;
    List<Reply.Answer> answers = new ArrayList<>();
    if (FewShots.classifies(model)) {
      fewShots
          .classify(model, labeled(question.support()), question.questions())
          .forEach(it -> answers.add(words(it)));
    } else {
      FewShots.Numbers numbers =
          fewShots.predict(
              model, measured(question.support()), question.questions(), question.level());
      for (int i = 0; i < numbers.values().size(); i++) {
        answers.add(
            new Reply.OfNumbers(numbers.values().get(i), between(numbers.intervals().get(i))));
      }
    }
    return new Reply.Answers(answers, adaptedOn);
  }

  private static SupportSet.Labeled labeled(FewShotQuestion.Support support) {
    return support instanceof FewShotQuestion.Labeled rows
        ? new SupportSet.Labeled(rows.features(), rows.labels())
        : SupportSet.none();
  }

  private static SupportSet.Measured measured(FewShotQuestion.Support support) {
    return support instanceof FewShotQuestion.Measured rows
        ? new SupportSet.Measured(rows.features(), rows.targets())
        : SupportSet.noNumbers();
  }

  private static Reply.OfClasses words(Prediction prediction) {
    Map<String, Float> probabilities = new LinkedHashMap<>();
    for (int i = 0; i < prediction.classes().size(); i++) {
      probabilities.put(prediction.classes().get(i), prediction.probabilities()[i]);
    }
    return new Reply.OfClasses(prediction.label(), probabilities);
  }

  private static Reply.@Nullable Between between(@Nullable Interval interval) {
    return interval == null
        ? null
        : new Reply.Between(interval.level(), interval.lower(), interval.upper());
  }

  @Override
  public void close() {
    fewShots.close();
  }
}
