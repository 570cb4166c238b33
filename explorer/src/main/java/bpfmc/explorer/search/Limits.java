package bpfmc.explorer.search;

import java.time.Duration;

/** When a search stops unfinished. @param maxStates distinct states @param maxBytes of the visited set @param timeout wall-clock time */
public record Limits(long maxStates, long maxBytes, Duration timeout) {
    public static final Limits NONE = new Limits(Long.MAX_VALUE, Long.MAX_VALUE, Duration.ofDays(365));
}
