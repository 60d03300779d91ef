/** Images as features: decoded within bounds, resized, as levels of channels. */
@NullMarked
package io.engram.ingest.format.image;

import org.jspecify.annotations.NullMarked;
