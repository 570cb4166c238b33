package bpfmc.model.verifier;

import bpfmc.model.call.Callee;
import bpfmc.model.call.VerifierElements;
import bpfmc.model.isa.Instruction;
import bpfmc.model.isa.Register;
import bpfmc.model.kernel.Helper;
import bpfmc.model.kernel.Helpers;
import bpfmc.model.machine.PathHistory;
import bpfmc.model.machine.RunConfig;
import bpfmc.model.machine.VerifierState.Origin;
import bpfmc.model.machine.VerifierState;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.Function;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.Reference;
import bpfmc.model.value.Range;
import bpfmc.model.value.Region;
import bpfmc.model.value.Term;
import bpfmc.model.value.Value;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * A program running alone, before one of its instructions: what a rule may look at. Valid only while it is being judged. Numbers that a
 * rule asks for decide something: ways that differ in them are not taken for one.
 */
public final class VerifierPoint {
    private static final int MOST_EVENTS = 40;

    private final RunConfig config;
    private final VerifierPath way;

    VerifierPoint(RunConfig config, VerifierPath way) {
        this.config = config;
        this.way = way;
    }

    /** {@return the object} */
    public BpfObject object() {
        return config.object();
    }

    /** {@return the program} */
    public BpfProgram program() {
        return config.program();
    }

    /** {@return the instruction's slot} */
    public int slot() {
        return way.machine.pc;
    }

    /** {@return the instruction} */
    public Instruction instruction() {
        return config.program().code().get(way.machine.pc);
    }

    /** {@return what the run has in its keeping} */
    public VerifierState custody() {
        return way.custody;
    }

    /** {@return how many calls deep the run is; 0 in the program itself, in global functions and in callbacks run later} */
    public int depth() {
        return way.machine.depth();
    }

    /** {@return the value of a register; a number of which nothing is known when it holds nothing} */
    public Value register(Register register) {
        Value value = way.machine.value(register);
        way.asked(value);
        return value;
    }

    /** {@return the value of the n-th argument of a call, from 1} */
    public Value argument(int n) {
        Value value = way.machine.registers[n];
        way.asked(value);
        return value != null ? value : way.machine.unknownValue(8);
    }

    /** {@return what is known of a number} */
    public Range range(Term term) {
        way.asked(term);
        return way.machine.facts.range(term);
    }

    /** {@return the helper that the instruction calls, empty when it calls none or one that no kernel has} */
    public Optional<Helper> helper() {
        return instruction() instanceof Instruction.CallHelper call ? Helpers.byId(call.helper()) : Optional.empty();
    }

    /** {@return the name of the kernel function that the instruction calls, "" when it calls none} */
    public String kfunc() {
        return instruction() instanceof Instruction.CallKfunc && program().references().get(slot()) instanceof Reference.Kfunc k
                ? k.name() : "";
    }

    /** {@return that name without the ending that older headers give to functions with hidden arguments} */
    public String function() {
        return Callee.base(kfunc());
    }

    /** {@return the subprogram that the instruction calls} */
    public Optional<Function> subprogram() {
        return instruction() instanceof Instruction.CallSubprogram call
                ? Optional.ofNullable(program().functionAt(slot() + 1 + call.offset())) : Optional.empty();
    }

    /** {@return where the element that a value points into comes from, empty when it points into no element} */
    public Optional<Origin> origin(Value value) {
        return value instanceof Value.Pointer p && p.region() instanceof Region.Element e
                ? Optional.ofNullable(VerifierElements.origin(config, way.custody, e.slot())) : Optional.empty();
    }

    /** {@return the map whose value a value points into} */
    public Optional<MapDefinition> mapOf(Value value) {
        return origin(value).flatMap(o -> switch (o) {
            case Origin.MapValue v -> v.inner() ? object().maps().get(v.map()).inner() : Optional.of(object().maps().get(v.map()));
            case Origin.Allocated a -> Optional.empty();
        });
    }

    /** {@return the map that an argument names; for an inner map its template} */
    public Optional<MapDefinition> mapArgument(int n) {
        return argument(n) instanceof Value.Pointer p && p.region() instanceof Region.MapHandle h
                ? VerifierElements.map(config, h.map()) : Optional.empty();
    }

    /** {@return the interrupt flags saved in the stack slot that an argument points to, empty when there are none} */
    public Optional<Integer> irqFlag(int n) {
        return VerifierElements.irqFlag(way.machine, argument(n));
    }

    /** {@return whether some call on the way here runs a callback that orders a tree} */
    public boolean inTreeOrder() {
        return way.custody.callbacks().anySatisfy(VerifierState.Callback::less);
    }

    /** {@return whether the running function is a callback whose caller waits for it} */
    public boolean inCallback() {
        return way.custody.callbacks().notEmpty() && way.custody.callbacks().getLast().depth() == depth();
    }

    /** {@return the last choices and locks on the way here} */
    public ImmutableList<PathHistory.Event> trail() {
        return way.trail.last(MOST_EVENTS);
    }

    /** {@return whether a value is the address of an object that the program had to give up, at an unlock or by releasing it} */
    public boolean released(Value value) {
        return VerifierElements.released(value);
    }
}
