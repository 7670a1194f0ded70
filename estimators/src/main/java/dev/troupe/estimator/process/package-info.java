/**
 * The {@code process} estimator: any program that reads a line of JSON and writes lines of JSON.
 *
 * <p>The program gets one line {@code {"trial":n,"configuration":{…},"fidelity":{…},"seed":n}} on
 * its standard input. It writes one line {@code {"step":n,"metrics":{…}}} per measurement to its
 * standard output, the last of which is its result, and after each it may read a line {@code
 * {"verdict":"continue"|"pause"|"stop"}}. Exit status 0 ends the trial well; anything else fails it
 * with the end of its standard error.
 */
@NullMarked
package dev.troupe.estimator.process;

import org.jspecify.annotations.NullMarked;
