/** What all drawings of numbers share: scales with marks, numbers as people read them. */
@NullMarked
package dev.troupe.plot;

import org.jspecify.annotations.NullMarked;
