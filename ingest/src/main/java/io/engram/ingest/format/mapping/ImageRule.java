package io.engram.ingest.format.mapping;

import io.engram.ingest.format.image.ImagePlan;
import io.engram.ingest.format.image.Levels;
import io.engram.ingest.format.tree.Nodes;
import io.engram.schemas.Tensors;
import io.engram.schemas.avro.Tensor;
import java.nio.ByteBuffer;
import java.util.Base64;
import org.apache.avro.generic.GenericFixed;

/**
 * One field as an image: PNG, JPEG or the bytes of its levels; in JSON as base64.
 *
 * @param path to it
 * @param plan what it is made into
 */
record ImageRule(FieldPath path, ImagePlan plan) implements FeatureRule {

  static ImageRule of(FieldText text) {
    String shape = ColumnText.only(text, "one shape, as in image(1x28x28)");
    if (text.optional()) {
      throw new IllegalArgumentException(
          "'%s?': an image cannot be optional".formatted(text.path().text()));
    }
    return new ImageRule(text.path(), ImagePlan.of(Shapes.parse(shape)));
  }

  @Override
  public Tensor of(Scope scope) {
    Levels levels = plan.read(bytes(path.require(scope)));
    if (levels instanceof Levels.Refused refused) {
      throw new Unfit("'%s': %s".formatted(path.text(), refused.reason()));
    }
    return Tensors.uint8(
        ((Levels.Read) levels).bytes(), plan.channels(), plan.height(), plan.width());
  }

  private byte[] bytes(Object node) {
    if (node instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return bytes;
    }
    if (node instanceof GenericFixed fixed) {
      return fixed.bytes();
    }
    if (node instanceof CharSequence text) {
      return base64(text.toString());
    }
    throw new Unfit(
        "'%s' is %s, expected an image as bytes or base64"
            .formatted(path.text(), Nodes.kind(node)));
  }

  private byte[] base64(String text) {
    // A URL of data has its kind in front.
    int comma = text.startsWith("data:") ? text.indexOf(',') : -1;
    String plain = text.substring(comma + 1).strip();
    try {
      return (plain.indexOf('-') >= 0 || plain.indexOf('_') >= 0
              ? Base64.getUrlDecoder()
              : Base64.getMimeDecoder())
          .decode(plain);
    } catch (IllegalArgumentException e) {
      throw new Unfit("'%s' is text, but no base64".formatted(path.text()));
    }
  }
}
