package io.engram.modelregistry.page;

/**
 * One file of the page.
 *
 * @param type its Content-Type
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Asset(String type, byte[] body) {}
