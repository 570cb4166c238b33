package bpfmc.model.isa;

/** Atomic read-modify-write operations. XCHG and CMPXCHG always return the old value. */
public enum AtomicOp {
    ADD, OR, AND, XOR, XCHG, CMPXCHG
}
