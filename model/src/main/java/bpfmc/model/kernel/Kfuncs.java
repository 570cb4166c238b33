package bpfmc.model.kernel;

import bpfmc.model.kernel.Helper.Argument;
import bpfmc.model.kernel.Helper.Effect;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.map.ImmutableMap;
import org.eclipse.collections.api.set.ImmutableSet;

/** Kernel functions that programs call by name, from {@code kfuncs.txt}, read once; those of modules are not in it. */
public final class Kfuncs {
    /** The next of an iterator over numbers. */
    public static final String NEXT_NUMBER = "bpf_iter_num_next";

    private static final String SLEEPS = "sleeps";
    private static final ImmutableMap<String, ImmutableList<String>> ALL = read();

    private Kfuncs() {}

    /** {@return whether the function is the kernel's own: what is said of others may be wrong} */
    public static boolean known(String name) {
        return ALL.containsKey(name);
    }

    /**
     * {@return whether the function hands out what an iterator comes to next, of modules too} The kernel registers an iterator only by names
     * of this form (kernel/bpf/btf.c, btf_check_iter_kfuncs).
     */
    public static boolean handsOutNext(String name) {
        return name.startsWith("bpf_iter_") && name.endsWith("_next");
    }

    /** {@return the names of all functions that are the kernel's own} */
    public static ImmutableList<String> names() {
        return ALL.keysView().toSortedList().toImmutable();
    }

    /** {@return whether the function may sleep in a release of the kernel; false for a function that is not known} */
    public static boolean sleeps(String name, KernelVersion version) {
        return words(name).anySatisfy(w -> w.equals(SLEEPS)
                || w.startsWith(SLEEPS + "..") && KernelVersion.parse(w.substring(SLEEPS.length() + 2)).atLeast(version));
    }

    /** {@return what the function's arguments are for, from r1 on; empty where the object's BTF tells enough, and for a function that is not known} */
    public static Optional<ImmutableList<Argument>> arguments(String name) {
        ImmutableList<Argument> arguments = words(name).reject(w -> w.startsWith(SLEEPS) || w.startsWith("!"))
                .collect(w -> Argument.valueOf(w.toUpperCase(Locale.ROOT)));
        return arguments.isEmpty() ? Optional.empty() : Optional.of(arguments);
    }

    /** {@return what the function does beyond its result and its arguments' memory, as far as that is written down} */
    public static ImmutableSet<Effect> effects(String name) {
        return words(name).select(w -> w.startsWith("!")).collect(w -> Effect.valueOf(w.substring(1).toUpperCase(Locale.ROOT))).toImmutableSet();
    }

    private static ImmutableList<String> words(String name) {
        return ALL.getIfAbsentValue(name, Lists.immutable.empty());
    }

    private static ImmutableMap<String, ImmutableList<String>> read() {
        try (InputStream in = Kfuncs.class.getResourceAsStream("kfuncs.txt")) {
            return Lists.immutable.with(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")).reject(l -> l.startsWith("#"))
                    .collect(l -> Lists.immutable.with(l.split(" "))).toMap(ImmutableList::getFirst, words -> words.drop(1)).toImmutable();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
