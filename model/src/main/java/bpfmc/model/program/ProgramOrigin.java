package bpfmc.model.program;

/** Where a program comes from. */
public sealed interface ProgramOrigin {
    /** The object's own: clang compiled it. */
    record Compiled() implements ProgramOrigin {}

    /** A system call on a map, which bpfmc wrote ({@link bpfmc.model.program.synthetic.SystemCalls}). @param call as the user wrote it: "update flows lock" */
    record SystemCall(String call) implements ProgramOrigin {}

    /** What the kernel does around a callback ({@link bpfmc.model.program.synthetic.AsyncCallbacks}). @param async what runs it */
    record Callback(Async async) implements ProgramOrigin {}

    /** A program of an object. */
    ProgramOrigin COMPILED = new Compiled();

    /** {@return whether its lines are those of a source that somebody has written} */
    default boolean written() {
        return !(this instanceof SystemCall);
    }

    /** {@return whether the kernel's own steps are called ({@link KernelStep})} */
    default boolean kernelCode() {
        return !(this instanceof Compiled);
    }
}
