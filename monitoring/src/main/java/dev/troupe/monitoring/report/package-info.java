/** Reports: all that is on record of a study on one self-contained page. */
@NullMarked
package dev.troupe.monitoring.report;

import org.jspecify.annotations.NullMarked;
