package bpfmc.model.call;

/** How far the model of a function goes. */
public sealed interface Support {
    /** Runs have every behaviour that a program can see of it, and no other. */
    record Exact() implements Support {}

    /** Runs have every behaviour of it, and others that no kernel has. @param how what is not followed, for people */
    record Approximated(String how) implements Support {}

    /** A run that reaches a call ends there, without a verdict. @param why what the function does that no run follows, for people, after "which" */
    record NotModelled(String why) implements Support {}
}
