package io.engram.learner.rocksdb;

import java.util.Locale;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** What can be wrong with a store, and the way out of each. */
enum StoreTrouble {
  IN_USE("another learner uses it: stop that one, or give this one another state directory"),
  FULL("make room on that disk and start again; what was committed is safe"),
  NOT_WRITABLE(
      "it must be writable for this user: check owner, permissions and how the disk is mounted, then start again"),
  DAMAGED(
      "it is damaged: restore a backup (engram learner restore), or move it away, and the next start rebuilds it from the tasks topic and the champion"),
  OTHER("start again; what was committed is safe");

  private final String remedy;

  StoreTrouble(String remedy) {
    this.remedy = remedy;
  }

  String remedy() {
    return remedy;
  }

  /** What RocksDB's complaint means. It has codes for some troubles and only the system's words for others. */
  static StoreTrouble of(RocksDBException complaint) {
    String words = String.valueOf(complaint.getMessage()).toLowerCase(Locale.ROOT);
    if (words.contains("lock") && !words.contains("block")) {
      return IN_USE;
    }
    if (words.contains("no space") || words.contains("space was reached")) {
      return FULL;
    }
    if (words.contains("permission denied") || words.contains("read-only")) {
      return NOT_WRITABLE;
    }
    Status status = complaint.getStatus();
    boolean corrupt = status != null && status.getCode() == Status.Code.Corruption;
    return corrupt || words.contains("corrupt") || words.contains("no such file") ? DAMAGED : OTHER;
  }
}
