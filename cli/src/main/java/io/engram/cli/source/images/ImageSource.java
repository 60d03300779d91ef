package io.engram.cli.source.images;

import io.engram.cli.source.Cursor;
import io.engram.cli.source.ExampleSource;
import io.engram.cli.source.SourceRecord;
import io.engram.schemas.Rejected;
import io.engram.schemas.Tensors;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.Part;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The images of a folder: the first folder's name is the task key, the second's the class. */
final class ImageSource implements ExampleSource {

  private final ImageFolder folder;
  private final Pixels pixels;
  private boolean said;

  ImageSource(ImageFolder folder, Pixels pixels) {
    this.folder = folder;
    this.pixels = pixels;
  }

  @Override
  public OptionalLong size() {
    return OptionalLong.of(folder.files().size());
  }

  @Override
  public boolean finite() {
    return true;
  }

  @Override
  public Map<String, String> identity() {
    return Map.of(
        "source",
        "images",
        "folder",
        folder.root().toAbsolutePath().normalize().toString(),
        "images",
        folder.digest(),
        "size",
        Integer.toString(pixels.side()),
        "colour",
        Boolean.toString(pixels.colour()));
  }

  @Override
  public String description() {
    return "%,d images of %,d keys in %s"
        .formatted(folder.files().size(), folder.keys(), folder.root());
  }

  @Override
  public @Nullable String remark() {
    if (said || folder.others().isEmpty()) {
      return null;
    }
    said = true;
    return "passed over: %,d files that are no key/class/image, such as %s"
        .formatted(folder.others().size(), folder.others().get(0));
  }

  @Override
  public Cursor open(long first) {
    return new ImageCursor(first);
  }

  private final class ImageCursor implements Cursor {
    private long index;

    ImageCursor(long first) {
      this.index = first;
    }

    @Override
    public @Nullable SourceRecord next() {
      if (index >= folder.files().size()) {
        return null;
      }
      Path file = folder.files().get((int) index);
      return record(index++, file);
    }

    private SourceRecord record(long at, Path file) {
      String key = ImageFolder.key(file);
      try {
        float[] values = pixels.of(folder.root().resolve(file));
        return new SourceRecord.Example(
            at,
            key,
            new LabeledExample(
                file.toString(),
                Tensors.float32(values, pixels.shape()),
                ImageFolder.label(file),
                null,
                Part.AUTO));
      } catch (Pixels.Unusable e) {
        String reason = "%s: %s".formatted(file, e.getMessage());
        return new SourceRecord.Refused(
            at,
            key,
            file.toString().getBytes(StandardCharsets.UTF_8),
            new Rejected("no-image", reason, new Rejected.Source.File(file.toString(), 1)));
      }
    }
  }
}
