package io.engram.client;

/** Where a sent example stands on {@code examples}. */
public record Delivery(String topic, int partition, long offset) {}
