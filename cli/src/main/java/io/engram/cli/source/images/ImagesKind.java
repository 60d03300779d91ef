package io.engram.cli.source.images;

import io.engram.cli.source.OpenedSource;
import io.engram.cli.source.OpenedSource.Suggestion;
import io.engram.cli.source.SourceKind;
import io.engram.cli.source.SourceRequest;
import io.engram.core.kind.Key;
import io.engram.core.kind.OutOfBounds;
import io.engram.core.network.NetworkPresets;
import io.engram.core.network.Shape;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Images in folders, {@code key/class/file}. Public because it is found by its name. */
public final class ImagesKind implements SourceKind {

  private static final int SIDE = 28;
  private static final int LARGEST_SIDE = 256;
  private static final int FILTERS = 32;

  @Override
  public String name() {
    return "images";
  }

  @Override
  public List<Key> keys() {
    return List.of(
        Key.of("data", "")
            .meaning(
                "Folder with images (PNG, JPEG, GIF, BMP) as key/class/file: what belongs together, what it shows, any name."),
        Key.of("size", SIDE).meaning("Pixels along each side; images are stretched to a square."),
        Key.of("colour", false).meaning("Whether red, green and blue are taken, not grey alone."));
  }

  @Override
  public Map<String, Object> preset() {
    return Map.of(
        "ingest.split.support-fraction",
        0.5,
        // A folder is all there is: its last images are learned from too.
        "source.close-at-end",
        true);
  }

  @Override
  public OpenedSource open(SourceRequest request) {
    String data = request.values().text("data");
    if (data.isBlank()) {
      throw new OutOfBounds("data", data, "a folder with images as key/class/file: --data DIR");
    }
    int side = request.values().integer("size");
    if (side < SIDE / 2 || side > LARGEST_SIDE) {
      throw new OutOfBounds(
          "size", Integer.toString(side), "from %d to %d".formatted(SIDE / 2, LARGEST_SIDE));
    }
    Pixels pixels = new Pixels(side, request.values().flag("colour"));
    ImageFolder folder = ImageFolder.of(Path.of(data), request.seed());
    Shape.Image input = new Shape.Image(pixels.colour() ? 3 : 1, side, side);
    // A continual learner keeps an output for each class, whatever key it is of.
    boolean continual = request.learner().continual();
    int outputs = continual ? folder.classes() : folder.ways();
    Map<String, Suggestion> suggestions = new HashMap<>();
    suggestions.put(
        "learner.network",
        new Suggestion(
            NetworkPresets.conv4(input, FILTERS, outputs).toString(), "images in " + data));
    if (continual) {
      suggestions.put("learner.label-space", new Suggestion("global", request.learner().because()));
    }
    return new OpenedSource(new ImageSource(folder, pixels), suggestions);
  }
}
