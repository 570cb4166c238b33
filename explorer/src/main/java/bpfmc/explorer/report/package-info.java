/**
 * What a person or a script sees. One {@link bpfmc.explorer.report.Report} value, one writer a format; every writer renders
 * the same value and none adds a judgement of its own.
 */
package bpfmc.explorer.report;
