/** Who says so: Ed25519 signatures of versions, candidates and the registry's events, and the keys to make and to check them. */
@NullMarked
package io.engram.schemas.signing;

import org.jspecify.annotations.NullMarked;
