@NullMarked
package io.engram.ingest.format;

import org.jspecify.annotations.NullMarked;
