package bpfmc.explorer.livekernel;

import org.eclipse.collections.api.list.ImmutableList;

/**
 * What the running kernel says of one program.
 *
 * @param program its name @param stage where loading ended
 * @param words the kernel's last words, libbpf's where the kernel has none; "" of a program that it accepts
 * @param untyped what libbpf says of types that the kernel does not take, of the object or of a map: it goes on without them, and all else is about that
 */
public record KernelVerdict(String program, Stage stage, String words, ImmutableList<String> untyped) {
    /** How far loading came. */
    public enum Stage {
        /** The verifier accepts the program. */
        ACCEPTED("loads"),
        /** libbpf does not get as far as to ask about the program: it cannot read the object, or does not find what the program refers to. */
        LIBRARY("libbpf"),
        /** A map cannot be made, so that no program of the object loads. */
        MAP("map creation"),
        /** The verifier, or what stands before it, refuses the program. */
        PROGRAM("program load");

        private final String words;

        Stage(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** {@return whether the kernel accepts the program} */
    public boolean accepted() {
        return stage == Stage.ACCEPTED;
    }
}
