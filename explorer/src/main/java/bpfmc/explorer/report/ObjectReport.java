package bpfmc.explorer.report;

/** A report and where its object came from. @param path as the user named it */
public record ObjectReport(String path, Report report) {}
