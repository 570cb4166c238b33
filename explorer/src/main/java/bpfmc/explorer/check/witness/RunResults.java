package bpfmc.explorer.check.witness;

import bpfmc.explorer.scenario.Scenario.AgentPlace;
import bpfmc.explorer.system.BpfSystem;
import bpfmc.explorer.system.Snapshot;
import bpfmc.explorer.verdict.FinalState.Held;
import bpfmc.model.memory.Element;
import bpfmc.model.program.ValueLayout;
import bpfmc.model.program.ValueLayout.Field;
import bpfmc.model.program.synthetic.SystemCalls;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Cells.Cell;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Value;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.set.primitive.MutableIntSet;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.primitive.IntSets;

/** What the runs of a scenario hand out besides the maps, when they have ended: what they return, and what system calls have read. */
public record RunResults(BpfSystem system, ContentNames names) {
    private static final int INT = 4;

    /** {@return what each run that has ended hands out, in the order of the agents} @param state of a system whose runs forget nothing */
    public ImmutableList<Held> of(int[] state) {
        Snapshot snapshot = system.snapshot(state);
        TermNames terms = names.terms(state);
        MutableList<Held> held = Lists.mutable.empty();
        for (int i = 0; i < snapshot.agents(); i++) {
            int agent = i;
            if (snapshot.run(i).state().operation() instanceof VisibleOperation.End end && end.returned().isPresent()) {
                SystemCalls.copied(system.scenario().object(), snapshot.run(i).program())
                        .ifPresent(c -> held.addAllIterable(read(terms, agent, c, snapshot.run(agent).state().ownFrame())));
                held.add(new Held("return(" + name(i) + ")", terms.of(Element.toShared(end.returned().get().term(), i), true, INT)));
            }
        }
        return held.toImmutable();
    }

    /** {@return the run as conditions name it} */
    private String name(int agent) {
        ImmutableList<AgentPlace> agents = system.scenario().agents();
        AgentPlace place = agents.get(agent);
        String program = place.program().name().matches("\\w+") ? place.program().name() : "\"" + place.program().name() + "\"";
        if (agents.count(a -> a.program().equals(place.program())) == 1) {
            return program;
        }
        int before = agents.take(agent).count(a -> a.program().equals(place.program()) && a.cpu() == place.cpu());
        boolean several = agents.count(a -> a.program().equals(place.program()) && a.cpu() == place.cpu()) > 1;
        return program + ", " + place.cpu() + (several ? ", run " + (before + 1) : "");
    }

    /** The fields of which a byte was copied; bytes outside of fields by their offsets. */
    private ImmutableList<Held> read(TermNames terms, int agent, SystemCalls.ReadValue copied, Cells stack) {
        ValueLayout layout = copied.map().value();
        ImmutableList<Field> leaves = layout.fields().select(f -> f.size() <= Long.BYTES && layout.special().noneSatisfy(s -> s.overlaps(f.offset(), f.size())));
        MutableList<Held> held = Lists.mutable.empty();
        MutableIntSet named = IntSets.mutable.empty();
        for (Cell cell : stack.cells().select(c -> c.offset() >= copied.offset() && c.offset() < copied.offset() + copied.map().valueSize())) {
            int at = cell.offset() - copied.offset();
            ImmutableList<Field> touched = leaves.select(f -> f.offset() < at + cell.size() && at < f.offset() + f.size());
            touched.select(f -> named.add(f.offset())).each(f -> held.add(held(terms, agent, f.name().equals("value") ? "" : "." + f.name(), stack, copied.offset() + f.offset(), f.size(),
                    f.signed())));
            if (touched.isEmpty()) {
                held.add(held(terms, agent, " bytes " + at + " to " + (at + cell.size() - 1), stack, cell.offset(), cell.size(), false));
            }
        }
        return held.toImmutable();
    }

    private Held held(TermNames terms, int agent, String field, Cells stack, int offset, int size, boolean signed) {
        return new Held("read(" + name(agent) + ")" + field, stack.read(offset, size, (o, s) -> Constant.ZERO) instanceof Value.Scalar value
                ? terms.of(Element.toShared(value.term(), agent), signed, size) : "an address");
    }
}
