/** Tests. */
@NullMarked
package dev.troupe.study;

import org.jspecify.annotations.NullMarked;
