package bpfmc.explorer.verdict;

/** How bad a finding is. */
public enum Level {
    /** Data is lost or torn, or a CPU hangs. */
    ERROR,
    /** A read may see a value in the making, but cannot see a torn one and does not write it back. */
    WARNING
}
