package bpfmc.model.program;

/** A place in the user's source. @param line from 1 @param column from 1, 0 when unknown @param text the line itself */
public record SourceLine(String file, int line, int column, String text) {}
