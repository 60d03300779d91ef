package io.engram.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.ModelManifest;
import io.engram.schemas.avro.Part;
import io.engram.schemas.avro.Task;
import io.engram.schemas.kafka.WireSerdes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WireTest {

  @Test
  void bytesOfThePastAreReadAndWrittenForEver() {
    golden("LabeledExample.1", Wire.labeledExample(), Samples.example());
    assertThat(Wire.task().decode(goldenBytes("Task.1"))).isEqualTo(Samples.task());
    golden("Task.2", Wire.task(), Samples.task());
    golden("ModelManifest.1", Wire.modelManifest(), Samples.manifest());
    golden("ModelChunk.1", Wire.modelChunk(), Samples.chunk());
    golden("RegistryEvent.1", Wire.registryEvent(), Samples.registryEvent());
    golden("Forgetting.1", Wire.forgetting(), Samples.forgetting());
    golden("UnlabeledExample.1", Wire.unlabeledExample(), Samples.question());
    golden("Answer.1", Wire.answer(), Samples.answer());
    golden("LateLabel.1", Wire.lateLabel(), Samples.lateLabel());
    golden("OpenQuestion.1", Wire.openQuestion(), Samples.openQuestion());
  }

  @Test
  void everySchemaOfThisProgramStandsInTheHistory() {
    SchemaHistory history = SchemaHistory.shipped();
    for (SingleObjectCodec<?> codec :
        List.of(
            Wire.labeledExample(),
            Wire.task(),
            Wire.modelManifest(),
            Wire.modelChunk(),
            Wire.registryEvent(),
            Wire.forgetting(),
            Wire.unlabeledExample(),
            Wire.answer(),
            Wire.lateLabel(),
            Wire.openQuestion())) {
      assertThat(history.find(codec.fingerprint()))
          .as(
              "a changed .avsc needs its schema as a new file in history/, listed in history/index: %s",
              codec)
          .isNotNull();
    }
  }

  @Test
  void aValueOfAnOlderWriterIsResolvedWithDefaults() {
    Schema today = LabeledExample.getClassSchema();
    Schema tensor = today.getField("features").schema();
    Schema older =
        Schema.createRecord(
            today.getName(),
            null,
            today.getNamespace(),
            false,
            List.of(
                new Schema.Field("id", Schema.create(Schema.Type.STRING)),
                new Schema.Field("features", tensor),
                new Schema.Field("label", Schema.create(Schema.Type.STRING))));
    GenericRecord value = new GenericData.Record(older);
    value.put("id", "old");
    value.put("features", Tensors.float32(new float[] {7f}, 1));
    value.put("label", "a");
    byte[] bytes = encode(older, value);

    SingleObjectCodec<LabeledExample> codec =
        new SingleObjectCodec<>(LabeledExample.class, SchemaHistory.of(List.of(older)));
    LabeledExample read = codec.decode(bytes);

    assertThat(read.getId()).isEqualTo("old");
    assertThat(read.getTaskId()).isNull();
    assertThat(read.getPart()).isEqualTo(Part.AUTO);
    assertThatThrownBy(() -> Wire.labeledExample().decode(bytes))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("which this program does not know")
        .hasMessageContaining("expected a LabeledExample");
  }

  @Test
  void aRecordThatIsUsedAgainHoldsTheLastValueAndNothingOfTheOneBefore() {
    Task small = Samples.task();
    Task large = Samples.task();
    large.setTaskKey("another");
    large.getSupport().setFeatures(Tensors.float32(new float[50], 25, 2));
    byte[] buffer = new byte[1000];
    Task reused = new Task();
    for (Task value : List.of(large, small, large, large, small)) {
      byte[] bytes = Wire.task().encode(value);
      System.arraycopy(bytes, 0, buffer, 0, bytes.length);
      assertThat(Wire.task().decode(buffer, bytes.length, reused)).isSameAs(reused);
      assertThat(reused).isEqualTo(value);
    }
    assertThatThrownBy(() -> Wire.task().decode(buffer, buffer.length, reused))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("hold more than the Task expected");
    assertThatThrownBy(() -> Wire.task().decode(buffer, 9, reused))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("found 9 bytes");
  }

  @Test
  void poisonIsNamed() {
    SingleObjectCodec<LabeledExample> codec = Wire.labeledExample();
    byte[] good = codec.encode(Samples.example());
    poison(null, "found no value (null), expected a LabeledExample");
    poison(new byte[0], "found 0 bytes, expected a LabeledExample");
    poison("{\"label\": \"a\"}".getBytes(StandardCharsets.UTF_8), "found the first bytes 7B 22");
    poison(Wire.task().encode(Samples.task()), "found a Task, expected a LabeledExample");
    poison(Arrays.copyOf(good, good.length - 1), "damaged or cut off");
    poison(Arrays.copyOf(good, good.length + 1), "hold more than the LabeledExample expected");
  }

  @Test
  void aPoisonedLengthDoesNotAllocate() {
    byte[] good = Wire.labeledExample().encode(Samples.example());
    byte[] poisoned = Arrays.copyOf(good, 10 + 5);
    // A string length of 2 GiB − 9, zigzag varint.
    System.arraycopy(HexFormat.of().parseHex("EEFFFFFF0F"), 0, poisoned, 10, 5);
    poison(poisoned, "damaged or cut off");
  }

  @Property(tries = 300)
  void arbitraryDamageIsAWireExceptionAndNothingElse(
      @ForAll int at, @ForAll byte value, @ForAll @Size(max = 40) byte[] tail) {
    byte[] bytes = Wire.labeledExample().encode(Samples.example());
    bytes[10 + Math.floorMod(at, bytes.length - 10)] = value;
    byte[] damaged = ByteBuffer.allocate(bytes.length + tail.length).put(bytes).put(tail).array();
    for (byte[] candidate : List.of(bytes, damaged)) {
      try {
        Wire.labeledExample().decode(candidate);
      } catch (WireException expected) {
        assertThat(expected).hasMessageContaining("expected");
      }
    }
  }

  @Property(tries = 300)
  void everyDecoderGivesAValueOrAWireException(
      @ForAll int at,
      @ForAll @Size(min = 1, max = 6) byte[] damage,
      @ForAll @Size(max = 80) byte[] any) {
    List<byte[]> written =
        List.of(
            Wire.task().encode(Samples.task()),
            Wire.modelManifest().encode(Samples.manifest()),
            Wire.modelChunk().encode(Samples.chunk()),
            Wire.registryEvent().encode(Samples.registryEvent()));
    for (byte[] bytes : written) {
      byte[] damaged = bytes.clone();
      int from = 10 + Math.floorMod(at, damaged.length - 10 - damage.length);
      System.arraycopy(damage, 0, damaged, from, damage.length);
      byte[] headed = Arrays.copyOf(bytes, 10 + any.length);
      System.arraycopy(any, 0, headed, 10, any.length);
      for (byte[] candidate :
          List.of(damaged, headed, any, Arrays.copyOf(bytes, Math.floorMod(at, bytes.length)))) {
        for (SingleObjectCodec<?> codec :
            List.of(Wire.task(), Wire.modelManifest(), Wire.modelChunk(), Wire.registryEvent())) {
          try {
            codec.decode(candidate);
          } catch (WireException expected) {
            assertThat(expected).hasMessageContaining("expected");
          }
        }
        try {
          Wire.modelRecord(candidate);
        } catch (WireException expected) {
          assertThat(expected).hasMessageContaining("expected");
        }
      }
    }
  }

  @Test
  void aModelTopicHoldsManifestsAndChunks() {
    assertThat(Wire.modelRecord(Wire.modelManifest().encode(Samples.manifest())))
        .isEqualTo(new ModelRecord.Manifest(Samples.manifest()));
    assertThat(Wire.modelRecord(Wire.modelChunk().encode(Samples.chunk())))
        .isEqualTo(new ModelRecord.Chunk(Samples.chunk()));
    assertThatThrownBy(() -> Wire.modelRecord(Wire.task().encode(Samples.task())))
        .hasMessageContaining("found a Task, expected a ModelManifest or ModelChunk");
  }

  @Test
  void serdesPassTombstonesThrough() {
    byte[] bytes = WireSerdes.serializer(Wire.task()).serialize("t", Samples.task());
    assertThat(WireSerdes.deserializer(Wire.task()).deserialize("t", bytes))
        .isEqualTo(Samples.task());
    assertThat(WireSerdes.deserializer(Wire.task()).deserialize("t", (byte[]) null)).isNull();
  }

  @Test
  void aDecodedValueCanBeCopiedByItsBuilder() {
    ModelManifest read =
        Wire.modelManifest().decode(Wire.modelManifest().encode(Samples.manifest()));
    assertThat(ModelManifest.newBuilder(read).setVersion(7L).build().getLineage())
        .isEqualTo(read.getLineage());
  }

  @Test
  void anIncompleteValueCannotBeWritten() {
    assertThatThrownBy(() -> Wire.labeledExample().encode(new LabeledExample()))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("cannot write a LabeledExample");
  }

  private static void poison(byte @Nullable [] bytes, String message) {
    assertThatThrownBy(() -> Wire.labeledExample().decode(bytes))
        .isInstanceOf(WireException.class)
        .hasMessageContaining(message);
  }

  private static <T extends SpecificRecord> void golden(
      String name, SingleObjectCodec<T> codec, T value) {
    byte[] golden = goldenBytes(name);
    assertThat(HexFormat.of().formatHex(codec.encode(value)))
        .as("bytes written for %s", name)
        .isEqualTo(HexFormat.of().formatHex(golden));
    assertThat(codec.decode(golden)).as("value read from %s", name).isEqualTo(value);
  }

  private static byte[] goldenBytes(String name) {
    try (InputStream in = WireTest.class.getResourceAsStream("golden/" + name + ".hex")) {
      String hex = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] encode(Schema schema, GenericRecord value) {
    try {
      return new BinaryMessageEncoder<GenericRecord>(GenericData.get(), schema)
          .encode(value)
          .array();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
