package io.engram.cli.source.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.cli.source.Cursor;
import io.engram.cli.source.SourceException;
import io.engram.cli.source.SourceRecord;
import io.engram.schemas.Tensors;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageSourceTest {

  private static final Pixels GREY = new Pixels(14, false);

  private final Path root;

  ImageSourceTest(@TempDir Path root) {
    this.root = root;
  }

  @Test
  void everyImageIsAnExampleOfItsKeyAndClassInAnOrderThatMixesThem() throws IOException {
    for (int i = 0; i < 6; i++) {
      image("line-1/good/%d.png".formatted(i), "png", 40, 30, Color.BLACK);
      image("line-1/bad/%d.jpg".formatted(i), "jpg", 14, 14, Color.WHITE);
      image("line-2/good/%d.PNG".formatted(i), "png", 300, 7, Color.BLACK);
    }
    Files.writeString(root.resolve("readme.txt"), "about these");
    List<SourceRecord> records = records(0);
    assertThat(records).hasSize(18).allMatch(SourceRecord.Example.class::isInstance);
    assertThat(records(11)).isEqualTo(records.subList(11, 18));
    List<String> labels =
        records.stream()
            .map(it -> ((SourceRecord.Example) it).value().getLabel().toString())
            .toList();
    assertThat(labels.subList(0, 9)).contains("good", "bad");
    SourceRecord.Example one = (SourceRecord.Example) records.get(0);
    float[] pixels = Tensors.floats(one.value().getFeatures());
    boolean white = one.value().getLabel().toString().equals("bad");
    assertThat(pixels).hasSize(14 * 14);
    assertThat(pixels[0]).isBetween(white ? 0.95f : 0f, white ? 1f : 0.05f);
    ImageSource source = source();
    assertThat(source.remark()).contains("1 files").contains("readme.txt");
    assertThat(source.remark()).isNull();
    assertThat(source.size()).hasValue(18);
  }

  @Test
  void colourHasThreeChannelsAndWhatIsTransparentIsWhite() throws IOException, Pixels.Unusable {
    BufferedImage clear = new BufferedImage(20, 20, BufferedImage.TYPE_INT_ARGB);
    Path file = root.resolve("clear.png");
    ImageIO.write(clear, "png", file.toFile());
    assertThat(new Pixels(14, true).of(file)).hasSize(3 * 14 * 14).containsOnly(1f);
    Path red = image("red.png", "png", 20, 20, Color.RED);
    float[] values = new Pixels(14, true).of(red);
    assertThat(values[0]).isEqualTo(1f);
    assertThat(values[14 * 14]).isZero();
  }

  @Test
  void whatCannotBeDecodedIsRefusedByItsName() throws IOException {
    image("k/good/1.png", "png", 20, 20, Color.RED);
    image("k/bad/1.png", "png", 20, 20, Color.RED);
    Files.writeString(root.resolve("k/bad/2.png"), "no image at all");
    byte[] whole = Files.readAllBytes(root.resolve("k/bad/1.png"));
    Files.write(root.resolve("k/bad/3.png"), Arrays.copyOf(whole, whole.length / 2));
    List<String> reasons =
        records(0).stream()
            .filter(SourceRecord.Refused.class::isInstance)
            .map(it -> ((SourceRecord.Refused) it).why().reason())
            .sorted()
            .toList();
    assertThat(reasons).hasSize(2);
    assertThat(reasons.get(0)).contains("2.png: it is no PNG, JPEG, GIF or BMP");
    assertThat(reasons.get(1)).contains("3.png: it cannot be decoded");
  }

  @Test
  void aFolderWithoutImagesStopsTheStart() throws IOException {
    assertThatThrownBy(() -> ImageFolder.of(root.resolve("none"), 1))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("is no folder");
    image("flat.png", "png", 20, 20, Color.RED);
    assertThatThrownBy(() -> ImageFolder.of(root, 1))
        .hasMessageContaining("key/class/file")
        .hasMessageContaining("there is flat.png");
    image("k/one/1.png", "png", 20, 20, Color.RED);
    assertThatThrownBy(() -> ImageFolder.of(root, 1)).hasMessageContaining("two classes");
  }

  private ImageSource source() {
    return new ImageSource(ImageFolder.of(root, 7), GREY);
  }

  private List<SourceRecord> records(long first) {
    List<SourceRecord> records = new ArrayList<>();
    try (Cursor cursor = source().open(first)) {
      for (SourceRecord it = cursor.next(); it != null; it = cursor.next()) {
        records.add(it);
      }
    }
    return records;
  }

  private Path image(String name, String format, int width, int height, Color colour)
      throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(colour);
    graphics.fillRect(0, 0, width, height);
    graphics.dispose();
    ImageIO.write(image, format, file.toFile());
    return file;
  }
}
