package bpfmc.model.value;

/** Bytes {@code offset} to {@code offset + bytes} of a term (little-endian), zero-extended; never all eight bytes. */
public record Extract(Term term, int offset, int bytes) implements Term {
    @Override
    public String toString() {
        return term + "[" + offset + ":" + (offset + bytes) + "]";
    }
}
