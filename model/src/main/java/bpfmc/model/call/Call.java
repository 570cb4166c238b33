package bpfmc.model.call;

import bpfmc.model.machine.ArgumentMemory;
import bpfmc.model.machine.Machine;
import bpfmc.model.machine.MemoryAccess;
import bpfmc.model.machine.Progress;
import bpfmc.model.machine.Provenance;
import bpfmc.model.machine.RunConfig;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.ValueLayout;
import bpfmc.model.step.Answer;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import java.util.Deque;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * One call being executed.
 *
 * <p>A call that reads shared memory through an argument first copies it out, step by step; it is executed again after each
 * step until all it needs is gathered ({@link Progress}).
 *
 * @param machine stands at the call instruction
 * @param arguments memory behind its arguments
 * @param others takes machines in which the run goes on as well
 */
public record Call(Machine machine, Callee callee, RunConfig config, ArgumentMemory arguments, Deque<Machine> others) {

    /** {@return the same call, executed by another machine} */
    public Call in(Machine other) {
        return new Call(other, callee, config, arguments, others);
    }

    /** {@return the same call in a copy of the machine; nobody executes it before it is {@link #follow}ed} */
    public Call fork() {
        return in(machine.copy());
    }

    /** Lets the run go on in this call's machine, too. */
    public void follow() {
        others.push(machine);
    }

    // ---- where the machine goes. Each returns true: it goes on.

    /** Stops before a visible step. */
    public boolean stop(VisibleOperation operation) {
        machine.stopAt(operation);
        return true;
    }

    /** Stops for want of a model. @param what for the user */
    public boolean unsupported(String what) {
        machine.unsupported(what);
        return true;
    }

    /** Returns from the call: r0 holds the result, r1 to r5 hold nothing. */
    public boolean finish(Value result) {
        return finish(machine, result);
    }

    /** The same for any machine that stands at a call. */
    public static boolean finish(Machine m, Value result) {
        m.registers[0] = result;
        for (int r = 1; r <= 5; r++) {
            m.registers[r] = null;
        }
        m.progress = Progress.NONE;
        m.pc++;
        return true;
    }

    /** Returns with the answer as the result, 0 where it is none. An address comes from the loads that the key was made of. */
    public boolean finish(Answer answer) {
        Value result = answer instanceof Answer.Of of ? of.value() : Value.of(0);
        return finish(result instanceof Value.Pointer ? result.from(machine.progress.loads()) : result);
    }

    /** Stops before a step whose answer comes from these loads, as {@link Value#loads()}. {@return true} */
    public boolean stop(VisibleOperation operation, long loads) {
        machine.progress = machine.progress.from(loads);
        return stop(operation);
    }

    /** {@return the shared loads that the memory comes from which the n-th argument points to, and its address} @param size bytes */
    public long loads(int n, int size) {
        return Provenance.of(machine, n, size) | Provenance.all(machine.progress.gathered().get(n - 1));
    }

    /** Returns from the call after these visible steps. */
    public boolean finishAfter(ImmutableList<VisibleOperation> steps, Value result) {
        if (steps.isEmpty()) {
            return finish(result);
        }
        machine.progress = new Progress(machine.progress.gathered(), steps, result);
        return stop(steps.getFirst());
    }

    // ---- arguments

    /** {@return the value of the n-th argument, from 1; null when it holds nothing} */
    public Value argument(int n) {
        return machine.registers[n];
    }

    /** {@return the map that an argument names, empty when it is not known at load time} */
    public Optional<MapDefinition> map(int n) {
        return argument(n) instanceof Value.Pointer p && p.region() instanceof Region.MapHandle h
                ? Optional.of(config.map(h.map())) : Optional.empty();
    }

    /** {@return the number that an argument is, empty when it is not known} */
    public Optional<Long> constant(int n) {
        return argument(n) instanceof Value.Scalar s && s.term() instanceof Constant c ? Optional.of(c.value()) : Optional.empty();
    }

    /** {@return the element that an argument points into} */
    public Optional<Region.Element> element(int n) {
        return argument(n) instanceof Value.Pointer p && p.region() instanceof Region.Element e ? Optional.of(e) : Optional.empty();
    }

    /** {@return the value without the special fields of the map's elements: copies leave them alone} */
    public Cells plainBytes(MapDefinition map, Cells value) {
        Cells plain = value;
        for (ValueLayout.SpecialField field : map.value().special()) {
            plain = plain.without(field.offset(), field.size(), MemoryAccess.unknowns(machine));
        }
        return plain;
    }

    /** {@return the number of a private memory that the machine does not have yet} */
    public int freshMemory() {
        int id = 0;
        while (machine.memories.containsKey(id)) {
            id++;
        }
        return id;
    }
}
