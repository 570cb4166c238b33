package bpfmc.explorer.secondopinion.enumerator;

/** The enumerator does not know what a program does, or there are more worlds than it was told to look at. */
public final class NotEnumerated extends RuntimeException {
    NotEnumerated(String what) {
        super(what);
    }
}
