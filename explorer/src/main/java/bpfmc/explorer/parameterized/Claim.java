package bpfmc.explorer.parameterized;

import bpfmc.model.kernel.ContextLevel;
import bpfmc.model.machine.CurrentTask;
import bpfmc.model.value.Key;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.api.set.MutableSet;
import org.eclipse.collections.impl.factory.Sets;

/**
 * That a part of the tracked key is something that no two CPUs have in common at one time: the number of the CPU, the
 * thread that runs in a task, the address of the running task. Two CPUs that both
 * claim the same part do not run at one time.
 *
 * @param word index in the key @param part 0 for the whole word, 1 for its low half, 2 for its high half @param
 *     what is claimed
 */
record Claim(int word, int part, Symbol what) {
    private static final int PARTS = 3;

    /** {@return what a run claims that has these keys} */
    static ImmutableSet<Claim> of(Placed placed, KeyTable keys) {
        MutableSet<Claim> claims = Sets.mutable.empty();
        for (Key key : keys.names()) {
            for (int word = 0; word < key.words().size(); word++) {
                for (int part = 0; part < PARTS; part++) {
                    if (part(key.words().get(word), part) instanceof Symbol s && own(placed, s)) {
                        claims.add(new Claim(word, part, s));
                    }
                }
            }
        }
        return claims.toImmutable();
    }

    private static Term part(Term word, int part) {
        return part == 0 ? word : Terms.extract(word, part == 1 ? 0 : Integer.BYTES, Integer.BYTES);
    }

    private static boolean own(Placed placed, Symbol s) {
        if (s.owner() != Symbol.OWN) {
            return false;
        }
        return s.equals(CpuNumbers.own()) || s.kind() == Symbol.Kind.TASK && CurrentTask.of(s).unique()
                && (placed.level() == ContextLevel.TASK || CurrentTask.of(s) == CurrentTask.Property.ADDRESS);
    }
}
