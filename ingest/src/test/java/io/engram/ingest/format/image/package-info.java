@NullMarked
package io.engram.ingest.format.image;

import org.jspecify.annotations.NullMarked;
