/** The page for people: its files, and what it shows of the other roles. */
@NullMarked
package io.engram.modelregistry.page;

import org.jspecify.annotations.NullMarked;
