package bpfmc.explorer.verdict;

/** A run reached something that is not modelled. @param what for the user ("helper bpf_loop") @param place the instruction */
public record Gap(String what, String program, String function, int slot) implements Observation {}
