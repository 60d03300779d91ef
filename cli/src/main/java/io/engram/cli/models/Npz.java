package io.engram.cli.models;

import io.engram.core.network.NetworkSpec;
import io.engram.core.network.ParameterTensor;
import io.engram.model.VersionTensor;
import io.engram.schemas.Tensors;
import io.engram.schemas.avro.ElementType;
import io.engram.schemas.avro.ModelManifest;
import io.engram.schemas.avro.TensorEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A version as NumPy's {@code .npz}: each tensor of the manifest under its name, and each layer's own part of {@code parameters} as {@code
 * layer<index>.<role>}.
 */
final class Npz {

  private static final int ALIGNMENT = 64;

  private Npz() {}

  /**
   * Writes a version.
   *
   * @param version what is known of it
   * @param bytes as {@code GET …/parameters} answers
   */
  static void write(ModelManifest version, byte[] bytes, OutputStream out) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (TensorEntry tensor : version.getTensors()) {
        if (VersionTensor.isPart(tensor.getName())) {
          continue; // a part of another tensor; the layers follow, in their own order of elements
        }
        add(zip, whole(tensor), bytes);
      }
      TensorEntry first = version.getTensors().get(0);
      if (first.getElementType() == ElementType.FLOAT32) {
        NetworkSpec network = NetworkSpec.parse(version.getNetwork());
        for (ParameterTensor tensor : network.layout().tensors()) {
          add(zip, layerPart(tensor, (int) first.getByteOffset()), bytes);
        }
      }
    }
  }

  /**
   * An array within the bytes.
   *
   * @param columnsFirst whether its first index runs fastest
   */
  private record Part(
      String name, String type, List<Integer> shape, boolean columnsFirst, int from, int length) {}

  private static Part whole(TensorEntry tensor) {
    int length =
        Tensors.elements(tensor.getShape()) * Tensors.bytesPerElement(tensor.getElementType());
    return new Part(
        tensor.getName(),
        type(tensor.getElementType()),
        tensor.getShape(),
        false,
        (int) tensor.getByteOffset(),
        length);
  }

  /** Dense weights lie column by column, as DL4J has them; all else row by row. */
  private static Part layerPart(ParameterTensor tensor, int start) {
    return new Part(
        "layer%d.%s".formatted(tensor.layer(), VersionTensor.role(tensor)),
        type(ElementType.FLOAT32),
        tensor.shape(),
        tensor.role() == ParameterTensor.Role.WEIGHT && tensor.shape().size() == 2,
        start + Float.BYTES * tensor.offset(),
        Float.BYTES * tensor.length());
  }

  private static void add(ZipOutputStream zip, Part part, byte[] bytes) throws IOException {
    zip.putNextEntry(new ZipEntry(part.name() + ".npy"));
    zip.write(header(part));
    zip.write(bytes, part.from(), part.length());
    zip.closeEntry();
  }

  /** NumPy's format 1.0: magic, version, header length, a Python literal padded so that the data is aligned. */
  private static byte[] header(Part part) throws IOException {
    String sizes =
        part.shape().stream().map(String::valueOf).collect(Collectors.joining(", "))
            + (part.shape().size() == 1 ? "," : "");
    String literal =
        "{'descr': '%s', 'fortran_order': %s, 'shape': (%s), }"
            .formatted(part.type(), part.columnsFirst() ? "True" : "False", sizes);
    int unpadded = 10 + literal.length() + 1;
    String padded = literal + " ".repeat(Math.floorMod(-unpadded, ALIGNMENT)) + "\n";
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0x93);
    out.write("NUMPY".getBytes(StandardCharsets.US_ASCII));
    out.write(1);
    out.write(0);
    out.write(
        ByteBuffer.allocate(2)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putShort((short) padded.length())
            .array());
    out.write(padded.getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  private static String type(ElementType type) {
    return switch (type) {
      case FLOAT32 -> "<f4";
      case FLOAT16 -> "<f2";
      case INT32 -> "<i4";
      case UINT8 -> "|u1";
    };
  }
}
