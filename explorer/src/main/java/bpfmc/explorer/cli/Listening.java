package bpfmc.explorer.cli;

/** What knows of signals that ask a command to end. */
interface Listening {
    /** {@return what asks a command to end, from now on} */
    StopSignal listening();
}
