package bpfmc.model.thread;

import bpfmc.model.isa.Instruction;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.value.Term;
import bpfmc.model.value.Value;

/** One of the ways that a run alone can go: a machine, what it has in its keeping, and how it got there. */
final class Way {
    final Machine machine;
    Custody custody;
    Trail trail;

    /** Whether the way comes back to a call whose callback has ended, or to the head of a loop that the kernel does not unroll. */
    boolean again;

    /** Whether it was ended where it stands, and goes on after all. */
    boolean held;

    Segment segment;
    private final BpfProgram program;
    private final Pruning pruning;

    Way(Machine machine, Custody custody, Trail trail, BpfProgram program, Segment segment, Pruning pruning) {
        this.machine = machine;
        this.custody = custody;
        this.trail = trail;
        this.program = program;
        this.segment = segment;
        this.pruning = pruning;
    }

    Way with(Machine other) {
        return new Way(other, custody, trail, program, segment, pruning);
    }

    Way copy() {
        return with(machine.copy());
    }

    BpfProgram program() {
        return program;
    }

    /** {@return the instruction that it stands before} */
    Instruction instruction() {
        return program.code().get(machine.pc);
    }

    void happened(Trail.Kind kind) {
        trail = trail.then(machine.pc, kind);
    }

    /** Notes that what the way does next rests on a value: on the number, or on the offset of an address. */
    void restsOn(Value value) {
        restsOn(segment.restsOn(value));
    }

    void restsOn(Term term) {
        restsOn(segment.restsOn(term, 0));
    }

    void restsOn(long numbers) {
        rests(Needs.covered(numbers));
    }

    /** Notes that a rule looks at a value: where less is known of it, or more, the rule may say something else. */
    void asked(Value value) {
        rests(Needs.same(segment.restsOn(value)));
    }

    void asked(Term term) {
        rests(Needs.same(segment.restsOn(term, 0)));
    }

    private void rests(Needs numbers) {
        if (!numbers.isEmpty()) {
            pruning.need(segment.from(), numbers);
        }
    }
}
