package io.engram.ingest.format.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ImagePlanTest {

  private static final ImagePlan GREY = ImagePlan.of(List.of(1, 2, 2));

  @Test
  void levelsAsTheyAre() {
    assertThat(levels(GREY.read(new byte[] {1, 2, 3, 4}))).containsExactly(1, 2, 3, 4);
    assertThat(reason(GREY.read(new byte[] {1, 2, 3})))
        .isEqualTo(
            "found 3 bytes that are neither PNG nor JPEG, expected one of these or the 4 bytes of 1x2x2");
  }

  @Test
  void greyLevelsOfAPngStayAsTheyAre() throws IOException {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
    int[] written = {0, 64, 128, 255};
    image.getRaster().setSamples(0, 0, 2, 2, 0, written);
    assertThat(levels(GREY.read(encoded(image, "png")))).containsExactly(0, 64, 128, 255);
  }

  @Test
  void anotherSizeIsTheMeanOfWhatItCovers() throws IOException {
    BufferedImage image = new BufferedImage(4, 2, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSamples(0, 0, 4, 2, 0, new int[] {10, 20, 100, 100, 30, 40, 100, 200});
    assertThat(levels(ImagePlan.of(List.of(1, 1, 2)).read(encoded(image, "png"))))
        .containsExactly(25, 125);
    assertThat(levels(ImagePlan.of(List.of(1, 2, 3)).read(encoded(image, "png"))))
        .containsExactly(13, 60, 100, 33, 70, 175);
  }

  @Test
  void coloursAreThreeChannelsOrTheirLight() throws IOException {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64; i++) {
      image.setRGB(i % 8, i / 8, new Color(200, 100, 50).getRGB());
    }
    assertThat(levels(ImagePlan.of(List.of(3, 1, 1)).read(encoded(image, "png"))))
        .containsExactly(200, 100, 50);
    assertThat(levels(ImagePlan.of(List.of(1, 1, 1)).read(encoded(image, "png"))))
        .containsExactly(124);
    assertThat(levels(ImagePlan.of(List.of(1, 1, 1)).read(encoded(image, "jpg"))).get(0))
        .isBetween(122, 126);
  }

  @Test
  void whatIsTransparentLiesOnWhite() throws IOException {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    assertThat(levels(ImagePlan.of(List.of(1, 1, 1)).read(encoded(image, "png"))))
        .containsExactly(255);
  }

  @Test
  void anImageIsRefusedByItsHeadIfItIsTooLarge() throws IOException {
    byte[] png = encoded(new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY), "png");
    // Width and height stand behind the signature, the length and the name of the first chunk.
    Arrays.fill(png, 16, 18, (byte) 0);
    png[18] = 0x40;
    png[22] = 0x40;
    assertThat(reason(GREY.read(png)))
        .isEqualTo("the PNG has 16385x16385 pixels, at most 8000000 are decoded");
  }

  @Test
  void damageIsAReason() throws IOException {
    byte[] png = encoded(new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB), "png");
    byte[] jpeg = encoded(new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB), "jpg");
    Random random = new Random(5);
    for (int i = 0; i < 500; i++) {
      for (byte[] good : List.of(png, jpeg)) {
        byte[] bad = Arrays.copyOf(good, i % 3 == 0 ? random.nextInt(good.length) : good.length);
        for (int flips = 0; flips < 3 && bad.length > 0; flips++) {
          bad[random.nextInt(bad.length)] = (byte) random.nextInt();
        }
        assertThat(GREY.read(bad)).isNotNull();
      }
    }
  }

  private static List<Integer> levels(Levels levels) {
    byte[] bytes = ((Levels.Read) levels).bytes();
    Integer[] found = new Integer[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      found[i] = bytes[i] & 0xff;
    }
    return List.of(found);
  }

  private static String reason(Levels levels) {
    return ((Levels.Refused) levels).reason();
  }

  private static byte[] encoded(BufferedImage image, String kind) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, kind, out);
    return out.toByteArray();
  }
}
