package bpfmc.model.thread;

/** A lock a run owns. @param element the element's slot @param offset of the lock in the value @param takenAt slot of the instruction */
public record HeldLock(int element, int offset, int takenAt) {}
