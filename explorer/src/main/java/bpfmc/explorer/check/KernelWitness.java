package bpfmc.explorer.check;

import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.map.ImmutableMap;
import org.eclipse.collections.impl.factory.Lists;

/**
 * What a running kernel said of an object's programs before they were explored.
 *
 * @param kernel "Linux 6.18.44" @param refused why it does not load a program, by the program's name in C
 */
public record KernelWitness(String kernel, ImmutableMap<String, String> refused) {

    private boolean loads(String program) {
        return !refused.containsKey(named(program));
    }

    /** Of objects that are loaded together, those that are named alike count as one here: refused once is refused. */
    private static String named(String program) {
        return program.split("@")[0];
    }

    /** {@return what the scope says of programs that the kernel loads} */
    ImmutableList<String> settings(ImmutableList<String> programs) {
        ImmutableList<String> loaded = programs.select(this::loads);
        return loaded.isEmpty() ? Lists.immutable.empty()
                : Lists.immutable.with("accepted by " + kernel + (loaded.size() == programs.size() ? "" : ": " + loaded.makeString(", ")));
    }

    /** {@return what is still taken for granted of programs that the kernel does not load} */
    ImmutableList<String> assumptions(ImmutableList<String> programs) {
        ImmutableList<String> others = programs.reject(this::loads);
        return others.isEmpty() ? Lists.immutable.empty() : Lists.immutable.with(RuleChoice.VERIFIER + ", though " + kernel + " does not load "
                + others.collect(p -> p + " (" + refused.get(named(p)) + ")").makeString("; "));
    }
}
