@NullMarked
package io.engram.ingest.format.mapping;

import org.jspecify.annotations.NullMarked;
