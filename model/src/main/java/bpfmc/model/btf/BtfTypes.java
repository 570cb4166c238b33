package bpfmc.model.btf;

/** The types of an object. (Replaced by the real one.) */
public final class BtfTypes {}
