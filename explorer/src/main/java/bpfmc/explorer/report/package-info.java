/**
 * The one value that all formats render: {@link bpfmc.explorer.report.CheckReport}, of objects, each with its
 * {@link bpfmc.explorer.report.Report} of scenarios, problems and scope; with what is expected and accepted of it. Names for memory and
 * places, and short phrases, that several formats use. What is written of it is in {@link bpfmc.explorer.report.format}.
 */
package bpfmc.explorer.report;
