package bpfmc.explorer.search;

/** Every reachable state was visited and judged. */
public record Finished() implements End {}
