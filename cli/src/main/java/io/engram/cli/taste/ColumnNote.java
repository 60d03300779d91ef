package io.engram.cli.taste;

/**
 * What is known of a column.
 *
 * @param taken what it was taken for: key, label, number, or left out
 * @param remark more about it, in words; empty where there is nothing to say
 */
record ColumnNote(String name, String taken, String remark) {

  String words() {
    return remark.isEmpty() ? taken : "%s, %s".formatted(taken, remark);
  }
}
