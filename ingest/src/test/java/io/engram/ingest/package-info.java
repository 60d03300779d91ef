@NullMarked
package io.engram.ingest;

import org.jspecify.annotations.NullMarked;
