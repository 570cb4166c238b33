package bpfmc.explorer.check;

import bpfmc.explorer.scenario.Alternatives;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import java.util.function.BiPredicate;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * Which programs of an object take part.
 *
 * @param named by name, none for all @param filter which of these: whether the program of this name of the object does
 * @param allAlternatives whether programs are checked together that loaders only load one of
 */
public record ProgramChoice(ImmutableList<String> named, BiPredicate<BpfObject, String> filter, boolean allAlternatives) {
    /** All programs. */
    public static final ProgramChoice ALL = new ProgramChoice(Lists.immutable.empty(), (object, name) -> true, false);

    /** {@return the programs of the object that take part} @throws InputException when there is no program of such a name */
    ImmutableList<BpfProgram> of(BpfObject object) {
        return Choice.programs(object, named.castToList()).select(p -> filter.test(object, p.name()));
    }

    /** {@return which of the object's programs are never loaded together} Those that are named are wanted. */
    Alternatives alternatives(BpfObject object) {
        return allAlternatives || named.notEmpty() ? Alternatives.NONE : Alternatives.of(of(object));
    }

    /** {@return whether a program of this name takes part, if the object has one} */
    boolean takes(BpfObject object, String program) {
        return (named.isEmpty() || named.contains(program)) && filter.test(object, program);
    }
}
