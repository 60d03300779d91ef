package io.engram.ingest.format.kinds;

import io.engram.ingest.format.ExampleDecoder;
import io.engram.ingest.format.ExampleRecord;
import io.engram.ingest.format.mapping.Mapping;
import io.engram.ingest.format.mapping.Scope;
import io.engram.ingest.format.tree.Parsed;

/** Reads a record as a tree and makes an example of it as the mapping says. */
final class MappedDecoder implements ExampleDecoder {

  private final RecordReader reader;
  private final Mapping mapping;

  MappedDecoder(RecordReader reader, Mapping mapping) {
    this.reader = reader;
    this.mapping = mapping;
  }

  @Override
  public Decoded decode(ExampleRecord record) {
    Opened opened = reader.open(record);
    if (!(opened.data() instanceof Parsed.Tree tree)) {
      return told(opened.data());
    }
    Parsed key = mapping.readsKey() ? reader.key(record) : new Parsed.Tree(null);
    if (key instanceof Parsed.Tree keyTree) {
      return mapping.apply(new Scope(record, tree.root(), opened.envelope(), keyTree.root()));
    }
    return key instanceof Parsed.Refused refused
        ? new Decoded.Undecodable("the key: " + refused.reason())
        : told(key);
  }

  /** What is no tree, in a decoder's words. */
  static Decoded told(Parsed parsed) {
    if (parsed instanceof Parsed.Deletion deletion) {
      return new Decoded.Deletion(deletion.what());
    }
    if (parsed instanceof Parsed.NotNow later) {
      return new Decoded.NotNow(later.reason());
    }
    return new Decoded.Undecodable(((Parsed.Refused) parsed).reason());
  }
}
