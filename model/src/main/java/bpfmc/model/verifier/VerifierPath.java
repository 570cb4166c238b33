package bpfmc.model.verifier;

import bpfmc.model.isa.Instruction;
import bpfmc.model.machine.Machine;
import bpfmc.model.machine.PathHistory;
import bpfmc.model.machine.VerifierState;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.value.Term;
import bpfmc.model.value.Value;

/** One of the ways that a run alone can go: a machine, what it has in its keeping, and how it got there. */
final class VerifierPath {
    final Machine machine;
    VerifierState custody;
    PathHistory trail;

    /** Whether the way comes back to a call whose callback has ended, or to the head of a loop that the kernel does not unroll. */
    boolean again;

    /** Whether it was ended where it stands, and goes on after all. */
    boolean held;

    /** How often it came through a place where the verifier lets loops end: an iterator's next, may_goto, the end of a callback. */
    int turns;

    Segment segment;
    private final BpfProgram program;
    private final Pruning pruning;

    VerifierPath(Machine machine, VerifierState custody, PathHistory trail, BpfProgram program, Segment segment, Pruning pruning) {
        this.machine = machine;
        this.custody = custody;
        this.trail = trail;
        this.program = program;
        this.segment = segment;
        this.pruning = pruning;
    }

    VerifierPath with(Machine other) {
        var way = new VerifierPath(other, custody, trail, program, segment, pruning);
        way.turns = turns;
        return way;
    }

    VerifierPath copy() {
        return with(machine.copy());
    }

    BpfProgram program() {
        return program;
    }

    /** {@return the instruction that it stands before} */
    Instruction instruction() {
        return program.code().get(machine.pc);
    }

    void happened(PathHistory.Kind kind) {
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
