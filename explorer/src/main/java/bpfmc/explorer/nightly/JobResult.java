package bpfmc.explorer.nightly;

import java.util.List;

/**
 * What came of one job.
 *
 * @param name the file that was checked @param verdict in one word, or "error" @param findings their ids, and the rules broken
 * @param states in all its scenarios @param seconds likewise @param message why it could not be checked, else ""
 * @param code the exit code that it would have alone
 */
public record JobResult(String name, String verdict, List<String> findings, long states, double seconds, String message, int code) {}
