@NullMarked
package io.engram.ingest.domain;

import org.jspecify.annotations.NullMarked;
