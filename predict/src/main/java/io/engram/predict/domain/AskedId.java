package io.engram.predict.domain;

/** What a question is known by. */
public record AskedId(String key, String id) {}
