package bpfmc.explorer.report;

/** An object that could not be checked. @param path as the user named it @param message why, and what to do */
public record Unreadable(String path, String message) {}
