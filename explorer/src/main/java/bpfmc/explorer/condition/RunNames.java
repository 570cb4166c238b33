package bpfmc.explorer.condition;

import bpfmc.explorer.condition.Condition.Number.Returned;
import bpfmc.explorer.condition.Condition.Number.Where;
import bpfmc.explorer.scenario.Scenario.AgentPlace;
import bpfmc.model.InputException;
import bpfmc.model.Nearest;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.primitive.ImmutableIntList;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.primitive.IntLists;

/** Finds runs by the names of their programs and their CPUs. */
record RunNames(ImmutableList<AgentPlace> agents) {

    /** {@return what the one run of the program returns} @param cpu on which it is the one, if there are others on others */
    Returned one(String program, Optional<Long> cpu) {
        ImmutableIntList runs = runs(program, cpu);
        String text = text(program, cpu);
        if (runs.size() > 1) {
            ImmutableList<Integer> cpus = Lists.immutable.withAll(runs.collect(r -> agents.get(r).cpu())).distinct();
            throw new InputException(text + " stands for " + runs.size() + " runs: sum(" + text + ")"
                    + (cpus.size() > 1 ? ", or one of return(" + program + ", " + cpus.makeString("), return(" + program + ", ") + ")" : ""));
        }
        return new Returned(Where.ONE, runs, text);
    }

    /** {@return what all runs of the program return, added up} */
    Returned all(String program, Optional<Long> cpu) {
        return new Returned(Where.SUM, runs(program, cpu), "sum(" + text(program, cpu) + ")");
    }

    private static String text(String program, Optional<Long> cpu) {
        return "return(" + program + cpu.map(c -> ", " + c).orElse("") + ")";
    }

    private ImmutableIntList runs(String program, Optional<Long> cpu) {
        ImmutableIntList runs = IntLists.immutable.withAll(IntStream.range(0, agents.size()).filter(a -> agents.get(a).program().name().equals(program)));
        if (runs.isEmpty()) {
            throw new InputException("no agent runs a program '" + program + "'" + Nearest.hint(agents.collect(a -> a.program().name()).distinct(), program));
        }
        ImmutableIntList here = runs.select(r -> cpu.isEmpty() || agents.get(r).cpu() == cpu.get());
        if (here.isEmpty()) {
            throw new InputException(program + " does not run on CPU " + cpu.get() + ", but on CPU "
                    + Lists.immutable.withAll(runs.collect(r -> agents.get(r).cpu())).distinct().makeString(", "));
        }
        return here;
    }
}
