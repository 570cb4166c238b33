package bpfmc.model.btf;

/**
 * A value that depends on the layout of a type, to be computed at load time (struct bpf_core_relo).
 *
 * @param offset of the instruction, bytes from the start of its section
 * @param type id of the root type
 * @param access indexes from the root type inwards, separated by colons: "0:1:2"
 * @param kind number of the kind, 0 to 12 (enum bpf_core_relo_kind)
 */
public record CoreRelocation(long offset, int type, String access, int kind) {}
