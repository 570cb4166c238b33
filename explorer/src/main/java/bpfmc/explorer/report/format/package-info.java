/**
 * One writer a format. Every writer renders a {@link bpfmc.explorer.report.CheckReport} whole and adds no judgement of its own; all of
 * them are in the list of {@link bpfmc.explorer.report.format.ReportFormats}. Beside them stand the pages of rules and properties, the
 * listings of objects, and the reader of what an earlier call has written as JSON.
 */
package bpfmc.explorer.report.format;
