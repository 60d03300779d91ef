/** How the bytes of the topic {@code examples} become examples: kinds of formats, found by name. */
@NullMarked
package io.engram.ingest.format;

import org.jspecify.annotations.NullMarked;
