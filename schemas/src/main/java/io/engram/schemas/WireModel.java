package io.engram.schemas;

import io.engram.schemas.avro.Adaptation;
import io.engram.schemas.avro.AliasRemoved;
import io.engram.schemas.avro.AliasSet;
import io.engram.schemas.avro.Answer;
import io.engram.schemas.avro.AnswerInterval;
import io.engram.schemas.avro.CandidateRejected;
import io.engram.schemas.avro.ClassAnswer;
import io.engram.schemas.avro.ClosedBy;
import io.engram.schemas.avro.ElementType;
import io.engram.schemas.avro.ExampleBlock;
import io.engram.schemas.avro.Forgetting;
import io.engram.schemas.avro.ForgettingStage;
import io.engram.schemas.avro.LabelSpace;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.LateLabel;
import io.engram.schemas.avro.Lineage;
import io.engram.schemas.avro.ModelChunk;
import io.engram.schemas.avro.ModelManifest;
import io.engram.schemas.avro.NoAnswer;
import io.engram.schemas.avro.NumberAnswer;
import io.engram.schemas.avro.OpenQuestion;
import io.engram.schemas.avro.ParametersDropped;
import io.engram.schemas.avro.Part;
import io.engram.schemas.avro.PartitionOffset;
import io.engram.schemas.avro.Pinned;
import io.engram.schemas.avro.Promoted;
import io.engram.schemas.avro.PromotionRefused;
import io.engram.schemas.avro.RegistryEvent;
import io.engram.schemas.avro.RolledBack;
import io.engram.schemas.avro.Tagged;
import io.engram.schemas.avro.Task;
import io.engram.schemas.avro.Tensor;
import io.engram.schemas.avro.TensorEntry;
import io.engram.schemas.avro.UnlabeledExample;
import io.engram.schemas.avro.Unpinned;
import io.engram.schemas.avro.Untagged;
import io.engram.schemas.avro.VersionRegistered;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions.TimestampMillisConversion;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Avro's data model over a closed list of classes. Avro 1.12.2 loads classes by the names in a schema only where a JVM-wide
 * property or setting trusts them; here decoding never looks a class up by a name.
 */
final class WireModel extends SpecificData {

  private static final Map<String, Class<?>> CLASSES =
      Stream.of(
              Adaptation.class,
              AliasRemoved.class,
              AliasSet.class,
              Answer.class,
              AnswerInterval.class,
              CandidateRejected.class,
              ClassAnswer.class,
              ClosedBy.class,
              ElementType.class,
              ExampleBlock.class,
              Forgetting.class,
              ForgettingStage.class,
              LabelSpace.class,
              LabeledExample.class,
              LateLabel.class,
              Lineage.class,
              ModelChunk.class,
              ModelManifest.class,
              NoAnswer.class,
              NumberAnswer.class,
              OpenQuestion.class,
              ParametersDropped.class,
              Part.class,
              PartitionOffset.class,
              Pinned.class,
              Promoted.class,
              PromotionRefused.class,
              RegistryEvent.class,
              RolledBack.class,
              Tagged.class,
              Task.class,
              Tensor.class,
              TensorEntry.class,
              UnlabeledExample.class,
              Unpinned.class,
              Untagged.class,
              VersionRegistered.class)
          .collect(Collectors.toUnmodifiableMap(Class::getName, Function.identity()));

  static {
    // The generated builders copy values by Avro's own model, which asks the JVM-wide list of
    // trusted classes; add ours.
    ClassSecurityPredicate trusted = ClassSecurityValidator.getGlobal();
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(trusted, CLASSES::containsValue));
  }

  WireModel() {
    addLogicalTypeConversion(new TimestampMillisConversion());
  }

  @Override
  @SuppressWarnings("rawtypes") // Avro's signature
  public @Nullable Class getClass(Schema schema) {
    return switch (schema.getType()) {
      case RECORD, ENUM, FIXED -> CLASSES.get(schema.getFullName());
      default -> super.getClass(schema);
    };
  }
}
