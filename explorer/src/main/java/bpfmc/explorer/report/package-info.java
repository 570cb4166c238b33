/**
 * Values turned into text. Everything here is a pure function to a String: no printing, no terminal, no clock.
 *
 * <p>{@link bpfmc.explorer.report.ObjectSummary} renders an object: what {@code bpfmc show} prints.
 */
package bpfmc.explorer.report;
